/**
 * The tables of the pgvector engine. A space's first points fix its dimension, and a foreign key enforces it. So a batch with one
 * vector of another length is rejected as a whole, even when two processes write the first points at the same time.
 *
 * There is no approximate index: pgvector's indexes need a fixed dimension, and they filter after the search. An exact scan of one
 * tenant's points of a space and level (whole items have a partial index) takes 5 ms for 10,000 points of 512 components on an idle
 * machine and 20-30 ms on a busy one. In PGlite nothing else runs meanwhile. For more than about 20,000 such points, or for many
 * queries, use Qdrant.
 */
const STATEMENTS: readonly string[] = [
  'create extension if not exists vector',
  `create table similarity_spaces (
    space text not null primary key,
    dimension integer not null check (dimension between 1 and 16000),
    unique (space, dimension)
  )`,
  `create table similarity_points (
    tenant text not null,
    space text not null,
    item_id text collate "C" not null,
    segment integer not null check (segment >= -1),
    dimension integer not null,
    embedding vector not null check (vector_dims(embedding) = dimension),
    kind text not null,
    language text,
    topics text[] not null,
    words text[] not null,
    text_hash text,
    version integer not null,
    primary key (tenant, space, item_id, segment),
    constraint similarity_points_dimension foreign key (space, dimension) references similarity_spaces (space, dimension)
  )`,
  `comment on column similarity_points.segment is '-1 for the whole item'`,
  // By default, vectors above 2 KB (500 components) move to the TOAST table, and every comparison fetches them from there.
  'alter table similarity_points alter column embedding set storage main',
  'create index similarity_points_items on similarity_points (tenant, space) where segment = -1',
  // A word matches few of many points. Without this index, each word would need a scan of all points.
  'create index similarity_points_words on similarity_points using gin (words)',
  'create index similarity_points_by_item on similarity_points (tenant, item_id)',
]

/** Our tables whose rows belong to one item (`tenant`, `item_id`). The database erases these rows with the item, whichever engine is used. */
export const TABLES_OF_ITEM: readonly string[] = ['similarity_points']

/** The engine's part of the database's schema. It needs the right to create the `vector` extension if the extension is missing. */
export const pgvectorSchema = { name: 'pgvector', statements: STATEMENTS }
