import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { mailBox } from '../../local/mails.ts'
import { startPostgres } from '../../local/postgres.ts'
import { startServices } from '../../local/services.ts'
import type { TokenIssuer } from '../../local/tokens.ts'
import { connect, type DatabaseLocation, type Sql } from '../../db/connections.ts'
import { bootstrapRoles, migrate } from '../../db/migrate/index.ts'
import { loadReferenceData } from '../../db/reference-data/index.ts'

export interface BenchPlatform {
  readonly location: DatabaseLocation
  readonly administrator: Sql
  readonly operator: Sql
  /** A request as an administrator; returns the parsed answer. @throws if the status is not 200. */
  readonly ask: (method: string, path: string, sent?: { readonly body: string; readonly mediaType: string }) => Promise<unknown>
  /** The address of the API. */
  readonly url: string
  /** The administrator's access token. */
  readonly token: string
  readonly user: { readonly email: string; readonly password: string }
  readonly userPool: TokenIssuer
  readonly close: () => Promise<void>
}

/** The platform on its own database server, fsync on, with an administrator signed in. */
export const startBenchPlatform = async (): Promise<BenchPlatform> => {
  const folder = join(tmpdir(), `nestegg-bench-${randomBytes(6).toString('hex')}`)
  const server = await startPostgres(folder)
  const location = (database: string): DatabaseLocation => ({
    host: server.host,
    port: server.port,
    database,
    authentication: { kind: 'password-file', path: server.passwordFile },
  })
  const first = connect(location('postgres'), 'postgres')
  await first`create database nestegg`
  await first.end()
  const administrator = connect(location('nestegg'), 'postgres')
  await bootstrapRoles(administrator, { local: server.password })
  await migrate(location('nestegg'), { backup: 'none' })
  const owner = connect(location('nestegg'), 'nestegg_owner')
  await loadReferenceData(owner)
  await owner.end()
  const mails = mailBox()
  const services = await startServices({
    location: location('nestegg'),
    password: server.password,
    deliverMail: mails.deliver,
    // It would run beside what is measured. A benchmark of this work does it itself.
    doesLedgerWork: false,
  })
  // As in AWS.
  process.env['RESPONSE_VALIDATION'] = 'off'

  let token = ''
  const ask: BenchPlatform['ask'] = async (method, path, sent) => {
    const response = await fetch(`${services.url}${path}`, {
      method,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(sent ? { 'content-type': sent.mediaType } : {}) },
      ...(sent ? { body: sent.body } : {}),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const post = (path: string, body: unknown) => ask('POST', path, { body: JSON.stringify(body), mediaType: 'application/json' })
  const credentials = { email: 'bench@nestegg.example', password: `Bench-${randomBytes(9).toString('hex')}-A1` }
  await post('/v1/identity/sign-ups', credentials)
  await post('/v1/identity/sign-ups/confirmations', { email: credentials.email, code: mails.takeCode(credentials.email) })
  const session = (await post('/v1/identity/sessions', credentials)) as { tokens: { accessToken: string } }
  token = session.tokens.accessToken
  await ask('GET', '/v1/identity/me')
  await administrator`update identity.users set role = 'admin'`

  const operator = connect(location('nestegg'), 'nestegg_operator')
  return {
    location: location('nestegg'),
    administrator,
    operator,
    ask,
    url: services.url,
    token,
    user: credentials,
    userPool: services.userPool,
    close: async () => {
      await services.close()
      await Promise.all([administrator.end(), operator.end()])
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
