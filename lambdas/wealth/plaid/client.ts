import { readFile } from 'node:fs/promises'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { PlaidApi } from 'plaid'
import * as z from 'zod'
import { type Environment, readEnvironment } from '../../runtime/environment.ts'
import { Problem } from '../../runtime/problem.ts'

const keysForm = z.object({ clientId: z.string().min(1), secret: z.string().min(1) })
type Keys = z.output<typeof keysForm>

/** A request to Plaid that takes longer is given up. The institution can take seconds to answer. */
const timeoutMilliseconds = 12_000
/** After this time a new secret of Plaid is read. */
const keptMilliseconds = 5 * 60_000

const secrets = new SecretsManagerClient()

const readKeys = async ({ PLAID_KEYS_FILE: file, PLAID_SECRET_ARN: arn }: Environment): Promise<Keys | undefined> => {
  if (file !== undefined) return keysForm.parse(JSON.parse(await readFile(file, 'utf8')))
  if (arn === undefined) return undefined
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: arn }))
  const keys = keysForm.safeParse(JSON.parse(SecretString))
  // The message of a parser would repeat parts of the secret.
  if (!keys.success) throw new Error(`The secret ${arn} does not hold a clientId and a secret.`)
  return keys.data
}

let opened: { readonly endpoint: string; readonly file: string | undefined; readonly until: number; readonly client: PlaidApi } | undefined

/**
 * The client of Plaid, with the client id and the secret of this platform.
 * @throws Problem if the deployment does not use Plaid
 */
export const plaidClient = async (): Promise<PlaidApi> => {
  const environment = readEnvironment()
  const { PLAID_ENDPOINT: endpoint, PLAID_KEYS_FILE: file } = environment
  if (opened && opened.endpoint === endpoint && opened.file === file && opened.until > Date.now()) return opened.client
  const keys = endpoint === undefined ? undefined : await readKeys(environment)
  if (endpoint === undefined || keys === undefined)
    throw new Problem('plaid-not-used', 'This platform does not connect accounts through Plaid. Enter accounts by hand, or from files.')
  // Loaded where Plaid is used only: it is as large as all other code of a function.
  const { Configuration, PlaidApi } = await import('plaid')
  const client = new PlaidApi(
    new Configuration({
      basePath: endpoint,
      baseOptions: { timeout: timeoutMilliseconds, headers: { 'PLAID-CLIENT-ID': keys.clientId, 'PLAID-SECRET': keys.secret } },
    }),
  )
  opened = { endpoint, file, until: Date.now() + keptMilliseconds, client }
  return client
}
