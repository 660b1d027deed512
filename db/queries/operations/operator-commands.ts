import { desc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { operatorCommands } from '../../schema/operations/operator-commands.ts'

export type OperatorCommandRow = typeof operatorCommands.$inferSelect

/** False in a database whose migrations do not reach the table yet, or were rolled back. */
export const recordsOperatorCommands = async (transaction: Transaction): Promise<boolean> => {
  const [row] = await transaction.execute<{ exists: boolean }>(
    sql`select to_regclass('operations.operator_commands') is not null as "exists"`,
  )
  return row!.exists
}

/** Records that a command has begun. Returns false if a command with the same request id was recorded before. */
export const beginOperatorCommand = async (
  transaction: Transaction,
  values: Omit<typeof operatorCommands.$inferInsert, 'id' | 'startedAt' | 'finishedAt' | 'outcome' | 'error'>,
): Promise<boolean> => {
  const rows = await transaction.insert(operatorCommands).values(values).onConflictDoNothing().returning({ id: operatorCommands.id })
  return rows.length > 0
}

export const finishOperatorCommand = async (
  transaction: Transaction,
  requestId: string,
  values: Pick<OperatorCommandRow, 'outcome' | 'error'>,
): Promise<void> => {
  await transaction
    .update(operatorCommands)
    .set({ ...values, finishedAt: sql`clock_timestamp()` })
    .where(eq(operatorCommands.requestId, requestId))
}

export const findOperatorCommand = async (transaction: Transaction, requestId: string): Promise<OperatorCommandRow | undefined> => {
  const [row] = await transaction.select().from(operatorCommands).where(eq(operatorCommands.requestId, requestId))
  return row
}

/** The newest commands first. */
export const listOperatorCommands = (transaction: Transaction, limit: number): Promise<OperatorCommandRow[]> =>
  transaction.select().from(operatorCommands).orderBy(desc(operatorCommands.id)).limit(limit)
