import { readFile } from 'node:fs/promises'
import { readEnvironment, required } from './environment.ts'

export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The credentials of the local stand-ins. They expire at once, so that each request has those of the present start. */
const localCredentials = async () => {
  const credentials = JSON.parse(await readFile(required(readEnvironment(), 'LOCAL_CREDENTIALS_FILE'), 'utf8')) as AwsCredentials
  return { ...credentials, expiration: new Date() }
}

/** The settings of an AWS client: the defaults in AWS; on a laptop the address of a local stand-in, with its credentials. */
export const clientSettings = (endpoint: string | undefined) =>
  endpoint === undefined ? {} : { endpoint, region: 'us-east-1', credentials: localCredentials }
