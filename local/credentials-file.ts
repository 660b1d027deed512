import type { AwsCredentials } from '../lambdas/runtime/client-settings.ts'
import { replaceFile } from './replace-file.ts'
import { makeCredentials } from './signatures.ts'

/** Makes the credentials of one start of the platform, and stores them in a file that its owner alone can read, for the clients. */
export const storeNewCredentials = (file: string): AwsCredentials => {
  const credentials = makeCredentials()
  replaceFile(file, JSON.stringify(credentials))
  return credentials
}
