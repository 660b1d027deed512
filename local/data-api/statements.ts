import type { ColumnMetadata, ResultSetOptions } from '@aws-sdk/client-rds-data'
import { columnMetadata, columnTypes } from './columns.ts'
import { DataApiFailure } from './failures.ts'
import { bindParameters } from './parameters.ts'
import { type FieldValue, readValue, toField } from './records.ts'
import type { Request } from './requests.ts'
import { execute, type RawResult, type RunningStatement, type Session } from './sessions.ts'

/** "Make sure that each row in a result set is 64 KB or less" (limitations of the Data API, Aurora user guide). */
const rowLimitBytes = 64 * 1024

export interface StatementResponse {
  generatedFields: []
  numberOfRecordsUpdated: number
  records?: object[][]
  columnMetadata?: ColumnMetadata[]
  formattedRecords?: string
}

/** Waits for a statement as long as the Data API does. After that, the statement continues only if its caller asked for it. */
const withinTimeout = async (running: RunningStatement, milliseconds: number, continues: boolean): Promise<RawResult> => {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<'timed out'>(fulfil => {
    timer = setTimeout(fulfil, milliseconds, 'timed out')
  })
  try {
    const outcome = await Promise.race([running.result, timeout])
    if (outcome !== 'timed out') return outcome
    if (!continues) running.cancel()
    // The caller has its answer already, whether the statement succeeds or fails. Its session is reused only after it ends.
    const settled = running.result.then(
      () => undefined,
      () => undefined,
    )
    throw new StatementTimeout(settled)
  } finally {
    clearTimeout(timer)
  }
}

/** The answer to a statement that took too long, and a promise that resolves when its session is free again. */
export class StatementTimeout extends DataApiFailure {
  readonly settled: Promise<void>

  constructor(settled: Promise<void>) {
    super('StatementTimeoutException', 'Request timed out')
    this.settled = settled
  }
}

const refuseLargeRows = (result: RawResult): void => {
  for (const row of result.rows) {
    const sizeBytes = row.reduce((sum, value) => sum + (value?.length ?? 0), 0)
    if (sizeBytes > rowLimitBytes) {
      throw new DataApiFailure('BadRequestException', 'Database returned a row that is larger than the allowed row size limit')
    }
  }
}

const formatRecords = (labels: readonly string[], records: readonly (readonly FieldValue[])[]): string => {
  if (new Set(labels).size < labels.length) {
    throw new DataApiFailure('UnsupportedResultException', 'Records with columns of the same name cannot be formatted as JSON.')
  }
  return JSON.stringify(records.map(record => Object.fromEntries(record.map(({ value }, index) => [labels[index], value]))))
}

const isWrite = (command: string) => ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(command)

/** Runs one statement on a session and returns its result as an ExecuteStatement response. */
export const executeStatement = async (
  session: Session,
  request: Request<'ExecuteStatement'>,
  timeoutMilliseconds: number,
): Promise<StatementResponse> => {
  const running = session.run(bindParameters(request.sql, request.parameters))
  const result = await withinTimeout(running, timeoutMilliseconds, request.continueAfterTimeout)
  const { columns } = result
  const response: StatementResponse = { generatedFields: [], numberOfRecordsUpdated: 0 }
  if (columns.length === 0) return { ...response, numberOfRecordsUpdated: isWrite(result.command) ? result.count : 0 }

  const types = await columnTypes(session, columns)
  refuseLargeRows(result)
  const options: ResultSetOptions = request.resultSetOptions
  const values = result.rows.map(row => row.map((value, index) => readValue(value, types[index]!, options)))
  if (request.formatRecordsAs === 'JSON') {
    const labels = columns.map(({ name }) => name)
    return { ...response, formattedRecords: formatRecords(labels, values) }
  }
  const records = values.map(row => row.map((value, index) => toField(value, types[index]!)))
  if (!request.includeResultMetadata) return { ...response, records }
  return { ...response, records, columnMetadata: await columnMetadata(session, columns, types) }
}

/** Runs one statement once per set of parameters. Without a transaction of the caller, all of them are applied or none. */
export const batchExecuteStatement = async (
  session: Session,
  request: Request<'BatchExecuteStatement'>,
): Promise<{ updateResults: object[] }> => {
  const sets = request.parameterSets.length > 0 ? request.parameterSets : [[]]
  const isOwnTransaction = request.transactionId === undefined
  if (isOwnTransaction) await execute(session, 'begin')
  try {
    for (const parameters of sets) await session.run(bindParameters(request.sql, parameters)).result
    if (isOwnTransaction) await execute(session, 'commit')
  } catch (error) {
    if (isOwnTransaction && !session.isClosed()) await execute(session, 'rollback')
    throw error
  }
  return { updateResults: request.parameterSets.map(() => ({ generatedFields: [] })) }
}
