import postgres from 'postgres'
import type { BoundStatement } from './parameters.ts'

export interface SessionLocation {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
}

export interface RawColumn {
  readonly name: string
  readonly type: number
  readonly table: number
  readonly number: number
}

/** A result as PostgreSQL sent it: every value in its text form, still undecoded. */
export interface RawResult {
  readonly command: string
  readonly count: number
  readonly columns: readonly RawColumn[]
  readonly rows: readonly (readonly (Buffer | null)[])[]
}

export interface RunningStatement {
  readonly result: Promise<RawResult>
  cancel(): void
}

/** One connection to PostgreSQL. It does not reconnect: once it closes, it stays closed. */
export interface Session {
  readonly isClosed: () => boolean
  run(statement: BoundStatement): RunningStatement
  close(): Promise<void>
}

/** Every parameter is text already, so the conversions of postgres.js for booleans, dates, bytes and JSON are turned off. */
const asText = { to: 25, from: [16, 17, 114, 3802, 1082, 1114, 1184], serialize: (value: string) => value, parse: (value: string) => value }

/** Never the simple protocol: it would accept several statements in one text. */
const extendedProtocol = { prepare: false, simple: false }

export const openSession = ({ host, port, database, user, password }: SessionLocation): Session => {
  let closed = false
  const client = postgres({
    host,
    port,
    database,
    username: user,
    password,
    max: 1,
    prepare: false,
    fetch_types: false,
    idle_timeout: 0,
    max_lifetime: null,
    types: { asText },
    connection: { application_name: 'data-api', timezone: 'UTC' },
    onnotice: () => undefined,
    onclose: () => {
      closed = true
    },
  })
  return {
    isClosed: () => closed,
    run: ({ text, values }) => {
      if (closed) throw Object.assign(new Error('The connection to the database was lost.'), { code: 'CONNECTION_CLOSED' })
      const parameters = values.map(value => client.typed(value.text, value.typeOid))
      const query = client.unsafe(text, parameters, extendedProtocol).raw()
      const result = query.then((rows): RawResult => ({ command: rows.command, count: rows.count ?? 0, columns: rows.columns ?? [], rows }))
      return { result, cancel: () => query.cancel() }
    },
    close: async () => {
      closed = true
      await client.end({ timeout: 0 })
    },
  }
}

const statement = (text: string): BoundStatement => ({ text, values: [] })

export const execute = (session: Session, text: string): Promise<RawResult> => session.run(statement(text)).result

/** Removes everything that a call set on its connection, before the next call. Returns false if a transaction was left open. */
const wipe = async (session: Session): Promise<boolean> => {
  if (session.isClosed()) return false
  return execute(session, 'discard all').then(
    () => true,
    () => false,
  )
}

/** Lends at most `size` sessions at once, in the order asked, each for one call. */
export const sessionPool = (location: SessionLocation, size: number) => {
  const sessions = new Set<Session>()
  const idle: Session[] = []
  const waiting: (() => void)[] = []
  let lent = 0
  return {
    lend: async <Result>(use: (session: Session) => Promise<Result>): Promise<Result> => {
      if (lent < size) lent++
      else await new Promise<void>(fulfil => waiting.push(fulfil))
      const session = idle.pop() ?? openSession(location)
      sessions.add(session)
      try {
        return await use(session)
      } finally {
        if (await wipe(session)) idle.push(session)
        else {
          sessions.delete(session)
          await session.close()
        }
        const next = waiting.shift()
        if (next) next()
        else lent--
      }
    },
    /** Closes all sessions, and ends the statements that still run. */
    close: async () => void (await Promise.all([...sessions].map(session => session.close()))),
  }
}
