# linernotes with everything it needs: the embedded engine, its vectors, the taxonomies. Data stands in /data.
FROM node:22.14.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# What `npm ci` would build is copied in the next step only.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:22.14.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/LICENSE /app/NOTICE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/prompts ./prompts
COPY --from=build /app/dist ./dist
# A named volume takes over the owner of the folder that it is mounted on.
RUN mkdir /data && chown node:node /data
USER node
ENV LINERNOTES_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
CMD ["node", "dist/src/cli/main.js", "serve"]
