import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { EnvironmentName } from '../../lib/deployment.ts'
import { type EnvironmentSettings, environmentNames } from '../../lib/environments.ts'
import { frontStackOf } from '../../lib/front-settings.ts'
import type { Terminal } from '../admin/terminal.ts'
import { environmentArgument, exitCodes, messageOf } from '../release/context.ts'
import { deployedStacks } from '../release/stacks.ts'
import { startJob } from './job.ts'
import { type JourneyOptions, takeJourney } from './journey.ts'
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

/** An environment, and the outputs of its stacks, which are read once. */
interface Place {
  readonly settings: EnvironmentSettings
  readonly output: (stack: string, output: string) => Promise<string>
}

const placeOf = (settings: EnvironmentSettings): Place => {
  let stacks: ReturnType<typeof deployedStacks> | undefined
  const output: Place['output'] = async (stack, wanted) => {
    const name = `nestegg-${settings.name}-${stack}`
    stacks ??= deployedStacks(settings)
    const value = (await stacks).find(each => each.name === name)?.outputs[wanted]
    if (value === undefined)
      throw new Error(
        `The stack ${name} with the output ${wanted} is not in the account of your credentials in ${settings.region}. Deploy first, or choose another profile (AWS_PROFILE).`,
      )
    return value
  }
  return { settings, output }
}

/** Starts the job that may be tried at any time. */
const jobOf = async ({ output, settings }: Place): Promise<() => Promise<void>> => {
  const client = new LambdaClient({ region: settings.region, maxAttempts: 8 })
  const functionName = await output('operations', 'TriedJobFunction')
  return () => startJob(client, functionName)
}

const userOf = async ({ user, passwordFile }: Options, place: Place | undefined): Promise<SmokeUser | undefined> => {
  if (user !== undefined && passwordFile !== undefined) return existingUser(user, passwordFile)
  if (user !== undefined || passwordFile !== undefined || place === undefined) return undefined
  const client = new CognitoIdentityProviderClient({ region: place.settings.region })
  return throwAwayUser(client, await place.output('identity', 'UserPoolId'))
}

/** What is tested, and what only the credentials of an environment can try. */
const journeyOf = async (chosen: Target, place: Place | undefined): Promise<Omit<JourneyOptions, 'user'>> => {
  if ('url' in chosen) return { url: chosen.url }
  const { output, settings } = place!
  const isClosed = settings.front?.directAddress === 'closed'
  return {
    url: await output(frontStackOf(settings), 'Url'),
    ...(isClosed ? { closedUrl: await output('api', 'DirectUrl') } : {}),
    startJob: await jobOf(place!),
  }
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
    const place = environment === undefined ? undefined : placeOf(readSettings(environment))
    const user = await userOf(options, place)
    if (user === undefined) {
      terminal.error('Give --user with --password-file, or an environment in which to make a user.\n')
      return exitCodes.wrongUsage
    }
    const journey = await journeyOf(chosen, place)
    terminal.out(`Testing ${journey.url}\n`)
    const runner = stepRunner(terminal)
    await takeJourney(runner, { ...journey, user })
    return runner.failures() === 0 ? exitCodes.done : exitCodes.failed
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage
    terminal.error(`${messageOf(error)}\n`)
    return exitCodes.failed
  }
}
