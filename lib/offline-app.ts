import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import * as z from 'zod'

const cdkSettings = z.object({ context: z.record(z.string(), z.unknown()) })

/** A CDK app with the flags of `cdk.json`, as the `cdk` command would create it, for use without that command, credentials or network. */
export const offlineApp = (outputFolder: string): App => {
  const { context } = cdkSettings.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../cdk.json'), 'utf8')))
  return new App({ outdir: outputFolder, context, analyticsReporting: false })
}
