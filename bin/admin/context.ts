import { type Command, Option } from 'commander'
import type { OperatorCommand } from '../../lambdas/runtime/command.ts'
import type { EnvironmentName } from '../../lib/deployment.ts'
import type { ReachOptions } from './reach-database.ts'
import type { Terminal } from './terminal.ts'

/** The functions that every command uses. */
export interface CommandContext {
  readonly terminal: Terminal
  /**
   * Runs a command on the database that the options name, or in AWS with `--environment`, and sets the exit code.
   * @param notInAws for a command that only works here: what to do instead in AWS
   */
  readonly run: (
    command: OperatorCommand,
    given: Readonly<Record<string, unknown>>,
    options: ReachOptions,
    notInAws?: string,
  ) => Promise<void>
  /** The environment in AWS that the command is for; undefined on this machine. */
  readonly environment: () => EnvironmentName | undefined
  /** Throws if the command was to run in AWS. For a command that works on no database. */
  readonly refuseEnvironment: (instead: string) => void
}

/** Adds the options that choose the database of a command. */
export const withDatabaseOptions = (command: Command): Command =>
  command
    .addOption(new Option('--data <folder>', 'data folder of the platform on this machine').default('.nestegg'))
    .option('--url-file <file>', 'file with the URL of another database: postgresql://HOST:PORT/DATABASE?region=REGION')
