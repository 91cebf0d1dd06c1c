import { groupBy } from './group-by.ts'
import { Nothing } from './small-parts.tsx'

/** Names of labels by facet, under a title: the labels that only one side of a comparison has. */
export function LabelList({ title, labels }: { title: string; labels: readonly { facet: string; name: string }[] }) {
  return (
    <div>
      <h3>{title}</h3>
      {labels.length === 0 && <Nothing>None.</Nothing>}
      {[...groupBy(labels, ({ facet }) => facet)].map(([facet, some]) => (
        <>
          <p class="dim">{facet}</p>
          <ul>
            {some.map(({ name }) => (
              <li>{name}</li>
            ))}
          </ul>
        </>
      ))}
    </div>
  )
}
