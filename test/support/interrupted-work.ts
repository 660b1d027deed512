import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { connect, type DatabaseLocation } from '../../db/connections.ts'
import type { Transaction } from '../../db/database.ts'
import type { DatabaseRole } from '../../db/roles.ts'
import { openSessions } from '../../db/sessions.ts'
import { findPolicyByName } from '../../db/queries/operations/retention/policies.ts'
import { chainFunctions } from '../../lambdas/operations/audit/chain-here.ts'
import { sealAndAnchor } from '../../lambdas/operations/audit/seal.ts'
import { fileSigner } from '../../lambdas/operations/audit/signing.ts'
import { createBackup } from '../../lambdas/operations/backups/create-backup.ts'
import { fileKeys } from '../../lambdas/operations/backups/keys.ts'
import { withRestored } from '../../lambdas/operations/backups/restore-backup.ts'
import { runPolicy } from '../../lambdas/operations/retention/run-policy.ts'
import { isConnectionError } from '../../lambdas/runtime/errors.ts'
import { folderStore } from '../../lambdas/runtime/object-store.ts'
import { storeVariables } from '../../local/store-variables.ts'

/** What a work changes, as JSON. */
export interface WorkTarget {
  readonly location: DatabaseLocation
  /** The folder of stores and keys. */
  readonly folder: string
  /** The backup that is restored, the person who is erased, the policy that is run. */
  readonly subject: string
}

/** Kills this process or the server of the database. */
type Interrupt = () => Promise<unknown>
type Work = (target: WorkTarget, interrupt: Interrupt) => Promise<unknown>

const placeOf = (folder: string) => {
  const { AUDIT_ANCHOR_FOLDER, AUDIT_SIGNING_KEY_FILE, BACKUP_FOLDER, BACKUP_KEY_FILE } = storeVariables(folder)
  const store = folderStore(BACKUP_FOLDER)
  return {
    store,
    keys: fileKeys(BACKUP_KEY_FILE, store),
    anchors: folderStore(AUDIT_ANCHOR_FOLDER),
    signer: () => fileSigner(AUDIT_SIGNING_KEY_FILE),
  }
}

/** Runs transactions, each over a connection of its own. The interruption comes before the commit of one of them. */
const transactions = (
  location: DatabaseLocation,
  role: DatabaseRole,
  first: string,
  { interrupt, interrupted }: { readonly interrupt: Interrupt; readonly interrupted: number },
) => {
  let count = 0
  return async <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> => {
    const sessions = openSessions(
      onclose => connect(location, role, 1, { onclose, idle_timeout: 0, max_lifetime: 0 }),
      1,
      isConnectionError,
    )
    try {
      return await sessions.transact(
        transaction => transaction.execute(first),
        async transaction => {
          const result = await work(transaction)
          count += 1
          if (count === interrupted) await interrupt()
          return result
        },
      )
    } finally {
      await sessions.close()
    }
  }
}

const retention: Work = async ({ folder, location, subject }, interrupt) => {
  // The third batch is deleted, and stored as an archive, when its transaction is interrupted.
  const given = { interrupt, interrupted: 5 }
  const inRetention = transactions(
    location,
    'nestegg_operator',
    `select operations.begin_retention('{"requestId":"trial","route":"trial"}')`,
    given,
  )
  const policy = (await inRetention(transaction => findPolicyByName(transaction, subject)))!
  const tools = { inRetention, hasTime: () => true, store: () => placeOf(folder).store, batchRows: 60 }
  const { error, status } = await runPolicy(policy, '2026-01-01T02:00:00Z', tools)
  if (status !== 'success') throw new Error(error)
}

const sealing = (interruptions: { readonly commit?: Interrupt; readonly anchor?: Interrupt }): Work => {
  return async ({ folder, location }) => {
    const { anchors, signer } = placeOf(folder)
    const given = { interrupt: interruptions.commit ?? (async () => undefined), interrupted: 1 }
    const run = transactions(location, 'nestegg_operator', 'select 1', given)
    const store: typeof anchors = {
      ...anchors,
      putOnce: async (key, bytes) => {
        await anchors.putOnce(key, bytes)
        if (key.startsWith('audit/')) await interruptions.anchor?.()
      },
    }
    await sealAndAnchor({ store, signer: signer() }, chainFunctions(run), { hasTime: () => true, now: new Date() })
  }
}

/** Works that are interrupted in their middle, and can be run whole with an interruption that does nothing. */
export const works = {
  backup: async ({ folder, location }, interrupt) => {
    const { keys, store } = placeOf(folder)
    let tables = 0
    const putStream: typeof store.putStream = async (key, source) => {
      tables += 1
      if (tables === 5) await interrupt()
      await store.putStream(key, source)
    }
    const id = randomUUID()
    return createBackup({ location, id, store: { ...store, putStream }, keys, reason: 'command', environment: 'local', parallel: 1 })
  },
  restore: async ({ folder, location, subject }, interrupt) => {
    let interrupted: Promise<unknown> = Promise.resolve()
    const onStep = (step: string) => {
      if (step === 'Building indexes') interrupted = interrupt()
    }
    await withRestored({ ...placeOf(folder), location, backupId: subject, onStep }, async () => interrupted)
  },
  retention,
  archive: retention,
  erasure: async ({ location, subject }, interrupt) => {
    const run = transactions(location, 'nestegg_owner', 'select 1', { interrupt, interrupted: 1 })
    await run(transaction => transaction.execute(`select operations.erase_person('{"userId":"${subject}","kind":"operator"}')`))
  },
  sealing: (target, commit) => sealing({ commit })(target, commit),
  anchoring: (target, anchor) => sealing({ anchor })(target, anchor),
} satisfies Record<string, Work>
export type WorkName = keyof typeof works

// As a program of its own, it kills itself in the middle.
if (process.argv[1] === join(import.meta.dirname, 'interrupted-work.ts')) {
  const [name, target] = process.argv.slice(2) as [WorkName, string]
  const work: Work = works[name]
  await work(JSON.parse(target) as WorkTarget, async () => {
    process.kill(process.pid, 'SIGKILL')
    await new Promise(resolve => setTimeout(resolve, 60_000))
  })
}
