import { type EnvironmentSettings, environmentNames, environmentSettings, UnknownEnvironment } from '../lib/environments.ts'
import { parseTemplate } from './release/template.ts'

const main = async (environment: string | undefined): Promise<number> => {
  let settings: EnvironmentSettings
  try {
    settings = environmentSettings(environment)
  } catch (error) {
    if (!(error instanceof UnknownEnvironment)) throw error
    console.error(`${error.message}\nUsage: npm run synth -- ${environmentNames.join('|')}`)
    return 2
  }
  // Takes seconds to load, which a wrong argument need not wait for.
  const { synthesize } = await import('./release/synthesize.ts')
  const { findings, templates } = await synthesize(settings)
  if (findings > 0) {
    console.error(`\n${settings.name} has ${findings} findings: fix them, or acknowledge them with a reason where the construct is made.`)
    return 1
  }
  console.table(
    [...templates].map(([stack, text]) => ({
      stack,
      resources: Object.keys(parseTemplate(text).Resources).length,
      templateBytes: Buffer.byteLength(text),
    })),
  )
  console.log(`The templates of ${settings.name} are in cdk.out/${settings.name}.`)
  return 0
}

process.exitCode = await main(process.argv[2])
