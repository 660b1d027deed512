import { createInterface } from 'node:readline/promises'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { InvalidDeployment, type EnvironmentName } from '../../lib/deployment.ts'
import { environmentSettings } from '../../lib/environments.ts'
import { processTerminal, type Terminal } from '../admin/terminal.ts'
import { runCdk } from './cdk.ts'
import { environmentArgument, exitCodes, messageOf, type Tools } from './context.ts'
import { deploy, type DeployOptions, refuse } from './deploy.ts'
import { destroy, type DestroyOptions } from './destroy.ts'
import { diff, type DiffOptions } from './diff.ts'
import { drift } from './drift.ts'

const ask = async (question: string): Promise<boolean | undefined> => {
  if (!process.stdin.isTTY) return undefined
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} (yes/no) `)).trim())
  } finally {
    terminal.close()
  }
}

/** The tools of this machine. The synthesis takes seconds to load, which most refusals do not need. */
export const processTools: Tools = {
  terminal: processTerminal,
  readSettings: environmentSettings,
  synthesize: async settings => (await import('./synthesize.ts')).synthesize(settings),
  cdk: runCdk,
  ask,
}

const resourceName = (text: string, before: readonly string[]): readonly string[] => {
  if (!/^nestegg-[a-z-]+\/[A-Za-z0-9]+$/.test(text)) throw new InvalidArgumentError('It must have the form <stack>/<logical id>.')
  return [...before, text]
}

const replaceOption = () =>
  new Option('--replace <stack/logicalId>', 'a resource with state that may be replaced or removed (can be repeated)')
    .argParser(resourceName)
    .default([], 'none')

export const newCommand = (name: string, description: string, terminal: Omit<Terminal, 'ask'>): Command =>
  new Command(`npm run ${name} --`)
    .description(description)
    .argument('<environment>', 'dev, staging or prod', environmentArgument)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.error })
    .showHelpAfterError('(use --help for more information)')

/** Runs a command that returns its exit code. Turns wrong usage, a `deployment.json` that is not valid, and errors into exit codes. */
export const runCommand = async (
  tools: Tools,
  command: Command,
  argv: readonly string[],
  { work, onError }: { readonly work: (environment: EnvironmentName) => Promise<number>; readonly onError: number },
): Promise<number> => {
  try {
    await command.parseAsync(argv, { from: 'user' })
    return await work(command.processedArgs[0] as EnvironmentName)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage
    if (error instanceof InvalidDeployment) return refuse(tools, [error.message])
    tools.terminal.error(`${messageOf(error)}\n`)
    return onError
  }
}

/** `npm run deploy -- <environment>`. Returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 refused. */
export const runDeploy = (argv: readonly string[], tools: Tools): Promise<number> => {
  const command = newCommand('deploy', 'Deploys an environment into its account, if all guards agree.', tools.terminal)
    .addOption(replaceOption())
    .option('--unprotected', 'turn the protection from deletion off, before the environment is destroyed')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 refused.\n\nExample:\n  AWS_PROFILE=nestegg-dev npm run deploy -- dev',
    )
  const work = (environment: EnvironmentName) => deploy(tools, tools.readSettings(environment), command.opts<DeployOptions>())
  return runCommand(tools, command, argv, { work, onError: exitCodes.failed })
}

/** `npm run diff -- <environment>`. Returns the exit code: 0 no difference, 1 differences, 2 wrong usage, 3 a deployment is refused, 4 failed. */
export const runDiff = (argv: readonly string[], tools: Tools): Promise<number> => {
  const command = newCommand('diff', 'Shows what a deployment would change. It changes nothing.', tools.terminal)
    .addOption(replaceOption())
    .addOption(new Option('--json', 'as JSON').conflicts('markdown'))
    .option('--markdown', 'as Markdown, for a comment on a pull request')
    .addHelpText(
      'after',
      '\nExit codes: 0 no difference, 1 differences, 2 wrong usage, 3 a deployment is refused, 4 failed.\n\nExample:\n  npm run --silent diff -- prod --markdown',
    )
  const work = (environment: EnvironmentName) => diff(tools, tools.readSettings(environment), command.opts<DiffOptions>())
  return runCommand(tools, command, argv, { work, onError: exitCodes.unknown })
}

/** `npm run drift -- <environment>`. Returns the exit code: 0 nothing differs, 1 something does, 2 wrong usage, 3 refused, 4 failed. */
export const runDrift = (argv: readonly string[], tools: Tools): Promise<number> => {
  const command = newCommand(
    'drift',
    'Shows which resources were changed outside of deployments. It changes nothing.',
    tools.terminal,
  ).addHelpText(
    'after',
    '\nExit codes: 0 nothing differs, 1 something differs, 2 wrong usage, 3 refused, 4 a stack could not be compared.\n\nExample:\n  AWS_PROFILE=nestegg-prod npm run drift -- prod',
  )
  const work = (environment: EnvironmentName) => drift(tools, tools.readSettings(environment))
  return runCommand(tools, command, argv, { work, onError: exitCodes.unknown })
}

/** `npm run destroy -- <environment>`. Returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 refused. */
export const runDestroy = (argv: readonly string[], tools: Tools): Promise<number> => {
  const command = newCommand('destroy', 'Deletes an environment from its account, with all its data.', tools.terminal)
    .option('--yes-destroy <environment>', 'for staging and prod: the name of the environment again')
    .addOption(new Option('--keep-snapshots', 'keep the snapshots that migrations took').conflicts('deleteSnapshots'))
    .option('--delete-snapshots', 'delete them without a question')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 refused.\n\nExample:\n  npm run destroy -- dev --delete-snapshots',
    )
  const work = (environment: EnvironmentName) => destroy(tools, tools.readSettings(environment), command.opts<DestroyOptions>())
  return runCommand(tools, command, argv, { work, onError: exitCodes.failed })
}
