import { randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { Command, CommanderError, Option } from 'commander'
import { issuesOf, tryParse } from '../../domain/shared/index.ts'
import { executeCommand, failureOf } from '../../lambdas/operations/execute-command.ts'
import { type ExitCode, exitCodes, type OperatorCommand } from '../../lambdas/runtime/command.ts'
import type { EnvironmentName } from '../../lib/deployment.ts'
import { addAuditCommands } from './audit.ts'
import { addBackupCommands } from './backup.ts'
import type { CommandContext } from './context.ts'
import { addDbCommands } from './db.ts'
import { addEventCommands } from './events.ts'
import { addMaintenanceCommands } from './maintenance.ts'
import { addMarketCommands } from './market.ts'
import { addOperationsCommands } from './operations.ts'
import { type ReachOptions, reachDatabase } from './reach-database.ts'
import type { RemoteOptions } from './remote.ts'
import { addRetentionCommands } from './retention.ts'
import { addUserCommands } from './users.ts'
import type { Terminal } from './terminal.ts'
import { addWealthCommands } from './wealth.ts'

const environmentNames = ['dev', 'staging', 'prod'] as const satisfies readonly EnvironmentName[]

/** The user of the operating system and the machine. */
const localCaller = (): string => {
  try {
    return `${userInfo().username}@${hostname()}`
  } catch {
    // A container can run as a user without a name.
    return `user ${process.getuid?.()}@${hostname()}`
  }
}

type Arguments = Readonly<Record<string, unknown>>

/** Runs a command on a database that this machine reaches. A server that had to be started is stopped afterwards. */
const runHere = async (command: OperatorCommand, given: Arguments, options: ReachOptions, terminal: Terminal): Promise<ExitCode> => {
  const { close, copyData, location, pointInTime } = await reachDatabase(options)
  try {
    return await terminal.progress(`Running ${command.name}`, update =>
      executeCommand(command, given, {
        requestId: randomUUID(),
        caller: { caller: localCaller() },
        location,
        copyData,
        pointInTime,
        out: terminal.out,
        warn: terminal.error,
        progress: update,
        hasTime: () => true,
      }),
    )
  } finally {
    await close()
  }
}

/** Runs one operator command and returns its exit code: see `exitCodes`. */
export const runAdmin = async (argv: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  let exitCode: ExitCode = exitCodes.done
  const program = new Command('admin')
    .description('Operator commands of Nestegg.')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.error })
    .showHelpAfterError('(use --help for more information)')
    .addOption(new Option('--environment <name>', 'run the command in AWS, in that environment').choices(environmentNames))
    .addOption(new Option('--mfa-serial <arn>', 'with --environment: your MFA device, if your session was made without it'))
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 the database is not up to date, something needs attention, or there is more to do.',
    )
  const refuseEnvironment = (instead: string) => {
    if (program.opts<Partial<RemoteOptions>>().environment !== undefined) program.error(`error: not in AWS: ${instead}`)
  }
  const run: CommandContext['run'] = async (command, given, options, notInAws) => {
    const { environment, mfaSerial } = program.opts<Partial<RemoteOptions>>()
    if (notInAws !== undefined) refuseEnvironment(notInAws)
    if (environment !== undefined && (options.urlFile !== undefined || options.data !== '.nestegg'))
      program.error('error: --environment names a database in AWS: leave out --data and --url-file')
    if (environment === undefined && mfaSerial !== undefined) program.error('error: --mfa-serial needs --environment')
    const parsed = tryParse(command.arguments, given)
    if (!parsed.success)
      return program.error(
        issuesOf(parsed.error)
          .map(({ message, path }) => `error: ${path}: ${message}`)
          .join('\n'),
      )
    const checked = parsed.data as Arguments
    if (environment === undefined) exitCode = await runHere(command, checked, options, terminal)
    else {
      const { runRemotely } = await import('./remote.ts')
      exitCode = await runRemotely({ command: command.name, arguments: checked }, { environment, mfaSerial }, terminal)
    }
  }
  const context: CommandContext = {
    terminal,
    run,
    refuseEnvironment,
    environment: () => program.opts<Partial<RemoteOptions>>().environment,
  }
  addAuditCommands(program, context)
  addBackupCommands(program, context)
  addWealthCommands(program, context)
  addDbCommands(program, context)
  addMaintenanceCommands(program, context)
  addEventCommands(program, context)
  addMarketCommands(program, context)
  addOperationsCommands(program, context)
  addRetentionCommands(program, context)
  addUserCommands(program, context)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage
    terminal.error(`${failureOf(error)}\n`)
    return exitCodes.failed
  }
}
