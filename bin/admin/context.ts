import { type Command, Option } from 'commander'
import type { ReachedDatabase, ReachOptions } from './reach-database.ts'
import type { Terminal } from './terminal.ts'

export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, outOfDate: 3 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The functions that every command uses. */
export interface CommandContext {
  readonly terminal: Terminal
  /** Runs `work` on the database that the options name. A server that had to be started is stopped afterwards. */
  readonly withDatabase: <Result>(options: ReachOptions, work: (database: ReachedDatabase) => Promise<Result>) => Promise<Result>
  /** Sets the exit code, if it is not that of success. */
  readonly exitWith: (code: ExitCode) => void
}

/** Adds the options that choose the database of a command. */
export const withDatabaseOptions = (command: Command): Command =>
  command
    .addOption(new Option('--data <folder>', 'data folder of the platform on this machine').default('.nestegg'))
    .option('--url-file <file>', 'file with the URL of another database: postgresql://HOST:PORT/DATABASE?region=REGION')
