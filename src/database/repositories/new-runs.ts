import { type Kysely, sql } from 'kysely'
import type { Item } from '../../content/item.ts'
import { type Sha256, sha256 } from '../../content/text/hash.ts'
import type { Tables } from '../database-schema.ts'
import { packText } from '../packing.ts'
import { jsonText, plainText } from '../plain-text.ts'
import type { NewRun, RunRecord } from '../records.ts'
import type { Claim, RunRepository, SubmittedRun } from '../run-repository.ts'
import { toRun } from './run-rows.ts'

/**
 * Creates runs: run, item and the item's blob in one statement. With a claim, the run is running from the start, which saves the update
 * of a claim.
 */
export function newRuns(db: Kysely<Tables>, tenant: string): Pick<RunRepository, 'create' | 'submit'> {
  async function insert(run: NewRun, claim: Claim | undefined, put: boolean): Promise<SubmittedRun> {
    const blob = await packItem(run.item)
    const itemId = plainText(run.itemId)
    const { rows } = await sql<{ published: boolean }>`
      with blob as (insert into blobs (tenant, item_id, hash, packed, body)
          values (${tenant}, ${itemId}, ${blob.hash}, ${blob.packed}, ${blob.body}) on conflict do nothing),
        item as (insert into items (tenant, id, kind, title, item_blob, created_at, updated_at)
          select ${tenant}::text, ${itemId}::text, ${run.item.kind}::text, ${plainText(run.item.title)}::text, ${blob.hash}::text,
            ${run.createdAt}::bigint, ${run.createdAt}::bigint where ${put}::boolean
          on conflict (tenant, id) do update set kind = excluded.kind, title = excluded.title, item_blob = excluded.item_blob,
            updated_at = excluded.updated_at returning version)
      insert into runs (tenant, id, item_id, item_blob, effort, config, requested, parent_run_id, created_at,
        status, attempt, owner, lease_until, started_at)
      values (${tenant}, ${run.id}, ${itemId}, ${blob.hash}, ${run.effort}, ${jsonText(run.config)},
        ${run.requested === null ? null : jsonText(run.requested)}, ${run.parentRunId}, ${run.createdAt},
        ${claim === undefined ? 'queued' : 'running'}, ${claim === undefined ? 0 : 1},
        ${claim === undefined ? null : plainText(claim.owner)}, ${claim === undefined ? null : claim.now + claim.leaseMs},
        ${claim?.now ?? null})
      on conflict do nothing returning exists (select from item where version is not null) as published`.execute(db)
    const [stored] = rows
    return stored === undefined
      ? { run: await standing(run.id), unpublished: false }
      : { run: born(run, blob.hash, claim), unpublished: !stored.published }
  }

  async function standing(id: string): Promise<RunRecord> {
    const rows = db.selectFrom('runs').where('tenant', '=', tenant).where('id', '=', id)
    return toRun(await rows.selectAll().executeTakeFirstOrThrow())
  }

  return {
    create: async (run, claim) => (await insert(run, claim, false)).run,
    submit: (run, claim) => insert(run, claim, true),
  }
}

/** The run as its row says it when it is stored. It is not read back, because that costs as much as writing it. */
function born({ item: _, ...run }: NewRun, itemBlob: Sha256, claim: Claim | undefined): RunRecord {
  const { requested } = run
  return {
    ...run,
    itemBlob,
    requested: requested === null ? null : [...requested],
    ...(claim === undefined
      ? { status: 'queued', attempt: 0, owner: null, leaseUntil: null, startedAt: null }
      : {
          status: 'running',
          attempt: 1,
          owner: claim.owner,
          leaseUntil: claim.now + claim.leaseMs,
          startedAt: claim.now,
        }),
    cancelRequested: false,
    ...{ finishedAt: null, error: null, outcome: null, version: null, summary: null },
  }
}

type PackedItem = Pick<Tables['blobs'], 'hash' | 'packed' | 'body'>

/** Items that have been packed. An item is packed once for all its runs in this process. */
const packed = new WeakMap<Item, Promise<PackedItem>>()

/** Packs an item into a blob: its compressed JSON and its hash. The item must not change afterwards. */
function packItem(item: Item): Promise<PackedItem> {
  const known = packed.get(item)
  if (known !== undefined) return known
  const text = jsonText(item)
  const made = packText(text).then((body) => ({ hash: sha256(text), ...body }))
  packed.set(item, made)
  return made
}
