import { readFileSync } from 'node:fs'
import * as z from 'zod'
import type { DatabaseLocation } from '../../db/connections.ts'
import { type DataApi, startDataApi } from '../../local/data-api/server.ts'
import type { Deployed } from './deployed.ts'

/** The credentials that a function has in the host of functions. */
export const hostCredentials = { accessKeyId: 'test', secretAccessKey: 'test' }

const secretSchema = z.object({ GenerateSecretString: z.object({ SecretStringTemplate: z.string() }) })
/** The secret of a service, such as Plaid, has no user of the database. */
const userSchema = z.object({ username: z.string().optional() })

/** The user names that the template writes into secrets, by the ARN of the secret. */
export const secretUsers = (deployed: Pick<Deployed, 'resources'>): ReadonlyMap<string, string> =>
  new Map(
    deployed.resources('AWS::SecretsManager::Secret').flatMap(({ arn, properties }) => {
      const { GenerateSecretString } = secretSchema.parse(properties)
      const { username } = userSchema.parse(JSON.parse(GenerateSecretString.SecretStringTemplate))
      return username === undefined ? [] : [[arn!, username] as const]
    }),
  )

/** The Data API of the template's cluster, over the database of a test. The roles of functions have the passwords of the test server. */
export const startDeployedDataApi = (deployed: Pick<Deployed, 'resources'>, location: DatabaseLocation): Promise<DataApi> => {
  const { authentication } = location
  if (authentication.kind !== 'password-file') throw new Error('Tests have no database with IAM.')
  const password = readFileSync(authentication.path, 'utf8').trim()
  const secrets = Object.fromEntries([...secretUsers(deployed)].map(([arn, user]) => [arn, { user, password }]))
  const [cluster] = deployed.resources('AWS::RDS::DBCluster')
  return startDataApi({ clusterArn: cluster!.arn!, credentials: hostCredentials, secrets, location })
}
