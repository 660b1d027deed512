import { readFileSync } from 'node:fs'
import { readEnvironment, required } from './environment.ts'

export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The settings of an AWS client: the defaults in AWS; on a laptop the address of a local stand-in, and the credentials of this start. */
export const clientSettings = (endpoint: string | undefined) => {
  if (endpoint === undefined) return {}
  const file = required(readEnvironment(), 'LOCAL_CREDENTIALS_FILE')
  return { endpoint, region: 'us-east-1', credentials: JSON.parse(readFileSync(file, 'utf8')) as AwsCredentials }
}
