import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { EnvironmentName } from '../../lib/deployment.ts'
import { type EnvironmentSettings, environmentNames } from '../../lib/environments.ts'
import type { Terminal } from '../admin/terminal.ts'
import { environmentArgument, exitCodes, messageOf } from '../release/context.ts'
import { deployedStacks } from '../release/stacks.ts'
import { startJob } from './job.ts'
import { takeJourney } from './journey.ts'
import { stepRunner } from './steps.ts'
import { existingUser, type SmokeUser, throwAwayUser } from './users.ts'

export interface SmokeTools {
  readonly terminal: Omit<Terminal, 'ask'>
  readonly readSettings: (environment: EnvironmentName) => EnvironmentSettings
}

type Target = { readonly environment: EnvironmentName } | { readonly url: string }

interface Options {
  readonly environment?: EnvironmentName
  readonly user?: string
  readonly passwordFile?: string
}

const target = (text: string): Target => {
  if (environmentNames.some(name => name === text)) return { environment: environmentArgument(text) }
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError(`It must be an address that begins with https://, or one of ${environmentNames.join(', ')}.`)
  return { url: text.replace(/\/+$/, '') }
}

/** The output of a stack of an environment. */
const outputOf = async (settings: EnvironmentSettings, stack: string, output: string): Promise<string> => {
  const name = `nestegg-${settings.name}-${stack}`
  const value = (await deployedStacks(settings)).find(each => each.name === name)?.outputs[output]
  if (value === undefined)
    throw new Error(
      `The stack ${name} with the output ${output} is not in the account of your credentials in ${settings.region}. Deploy first, or choose another profile (AWS_PROFILE).`,
    )
  return value
}

/** Starts the job that may be tried at any time. */
const jobOf = async (settings: EnvironmentSettings): Promise<() => Promise<void>> => {
  const client = new LambdaClient({ region: settings.region, maxAttempts: 8 })
  const functionName = await outputOf(settings, 'operations', 'TriedJobFunction')
  return () => startJob(client, functionName)
}

const userOf = async ({ user, passwordFile }: Options, settings: EnvironmentSettings | undefined): Promise<SmokeUser | undefined> => {
  if (user !== undefined && passwordFile !== undefined) return existingUser(user, passwordFile)
  if (user !== undefined || passwordFile !== undefined || settings === undefined) return undefined
  const client = new CognitoIdentityProviderClient({ region: settings.region })
  return throwAwayUser(client, await outputOf(settings, 'identity', 'UserPoolId'))
}

/** Tests a deployed platform. Returns the exit code: 0 all steps succeeded, 1 a step failed, 2 wrong usage. */
export const runSmoke = async (argv: readonly string[], { terminal, readSettings }: SmokeTools): Promise<number> => {
  const command = new Command('npm run smoke --')
    .description('Uses a deployed platform as a user does, and prints a line per step. Without arguments: the platform on this machine.')
    .argument('<target>', 'an environment, or the address of its API', target)
    .addOption(new Option('--environment <name>', 'for an address: the environment in which to make a user').argParser(environmentArgument))
    .option('--user <email>', 'sign in as this user, who stays, instead of a new one')
    .option('--password-file <file>', 'the file with the password of that user')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.error })
    .showHelpAfterError('(use --help for more information)')
    .addHelpText(
      'after',
      '\nExit codes: 0 all steps succeeded, 1 a step failed, 2 wrong usage.\n\nExamples:\n  AWS_PROFILE=nestegg-dev npm run smoke -- dev\n  npm run smoke -- https://api.your.domain --user smoke@your.domain --password-file smoke.password',
    )
  try {
    command.parse(argv, { from: 'user' })
    const chosen = command.processedArgs[0] as Target
    const options = command.opts<Options>()
    const environment = 'environment' in chosen ? chosen.environment : options.environment
    const settings = environment === undefined ? undefined : readSettings(environment)
    const user = await userOf(options, settings)
    if (user === undefined) {
      terminal.error('Give --user with --password-file, or an environment in which to make a user.\n')
      return exitCodes.wrongUsage
    }
    const url = 'url' in chosen ? chosen.url : await outputOf(settings!, 'api', 'Url')
    const isClosed = 'environment' in chosen && settings?.front?.directAddress === 'closed'
    const closedUrl = isClosed ? await outputOf(settings, 'api', 'ClosedUrl') : undefined
    terminal.out(`Testing ${url}\n`)
    const runner = stepRunner(terminal)
    await takeJourney(runner, { url, user, closedUrl, startJob: 'environment' in chosen ? await jobOf(settings!) : undefined })
    return runner.failures() === 0 ? exitCodes.done : exitCodes.failed
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage
    terminal.error(`${messageOf(error)}\n`)
    return exitCodes.failed
  }
}
