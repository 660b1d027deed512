import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TransactionSql } from 'postgres'
import type { Sql } from '../../db/connections.ts'
import { openDatabase, type Transaction } from '../../db/database.ts'
import { type Sealing, sealAuditRows } from '../../db/queries/operations/audit-chain.ts'
import { chainFunctions } from '../../lambdas/operations/audit/chain-here.ts'
import { type DeclaredLoss, declareLoss } from '../../lambdas/operations/audit/declare-loss.ts'
import { sealAndAnchor, type SealingResult } from '../../lambdas/operations/audit/seal.ts'
import { fileSigner } from '../../lambdas/operations/audit/signing.ts'
import { type Verification, verifyAuditTrail } from '../../lambdas/operations/audit/verify.ts'
import { folderStore, type ObjectStore } from '../../lambdas/runtime/object-store.ts'
import { createTestDatabase, type TestDatabase } from './postgres.ts'

export interface TrialTrail {
  readonly database: TestDatabase
  readonly administrator: Sql
  readonly owner: Sql
  /** A transaction of the operator. */
  inTransaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>
  /** The folder of the anchors. */
  readonly anchors: string
  readonly keyFile: string
  readonly store: ObjectStore
  /** Writes audit rows, `count` in one transaction. Returns their ids in order. */
  write(count: number, more?: Record<string, unknown>): Promise<string[]>
  /** Seals one batch, as the operator. */
  seal(maxRows?: number): Promise<Sealing>
  sealAndAnchor(now?: Date): Promise<SealingResult>
  declareLoss(now?: Date): Promise<DeclaredLoss>
  verify(range?: { from?: string; to?: string }): Promise<Verification>
  /** Changes what no function changes, with the rights of the server's administrator. */
  tamper<Result>(work: (sql: TransactionSql) => Promise<Result>): Promise<Result>
  call<Answer>(name: string, document: object): Promise<Answer>
  close(): Promise<void>
}

/** An audit trail with its chain, in a database of its own, and its anchors in a folder of their own. */
export const startTrialTrail = async (): Promise<TrialTrail> => {
  const database = await createTestDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-audit-'))
  const anchors = join(folder, 'anchors')
  const keyFile = join(folder, 'keys', 'audit.pem')
  const store = folderStore(anchors)
  const administrator = database.connect('postgres')
  const operator = openDatabase(database.connect('nestegg_operator', 3))
  const owner = database.connect('nestegg_owner')
  const inTransaction = <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> => operator.transaction(work)
  const functions = chainFunctions(inTransaction)
  return {
    database,
    administrator,
    owner,
    inTransaction,
    anchors,
    keyFile,
    store,
    write: async (count, more = {}) => {
      const values = {
        action: 'UPDATE',
        resource_type: 'test.things',
        session_id: 'session',
        ip_address: '192.0.2.1',
        user_agent: 'browser',
        old_values: { name: 'Before' },
        new_values: { name: 'After' },
        ...more,
      }
      const rows = await administrator.begin(transaction =>
        Promise.all(
          Array.from(
            { length: count },
            () => transaction<{ id: string }[]>`insert into operations.audit_logs ${transaction(values as never)} returning id`,
          ),
        ),
      )
      return rows.map(([row]) => row!.id)
    },
    seal: maxRows => inTransaction(transaction => sealAuditRows(transaction, maxRows)),
    sealAndAnchor: (now = new Date()) => sealAndAnchor({ store, signer: fileSigner(keyFile) }, functions, { hasTime: () => true, now }),
    declareLoss: (now = new Date()) =>
      declareLoss({ store, signer: fileSigner(keyFile) }, functions, { declaredBy: 'operator', reason: 'A trial.', now }),
    verify: range => verifyAuditTrail({ read: inTransaction, store, hasTime: () => true, namedFindings: 1_000, ...range }),
    tamper: work =>
      administrator.begin(async transaction => {
        await transaction`set local session_replication_role = replica`
        return work(transaction)
      }) as never,
    call: async (name, document) => {
      const rows = await owner.unsafe(`select ${name}($1::text::jsonb) as answer`, [JSON.stringify(document)])
      return rows[0]!['answer'] as never
    },
    close: async () => {
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
