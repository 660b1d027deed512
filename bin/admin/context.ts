import { type Command, Option } from 'commander'
import type { ReachedDatabase, ReachOptions } from './reach-database.ts'
import type { Terminal } from './terminal.ts'

export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, outOfDate: 3 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What every command works with. */
export interface CommandContext {
  readonly terminal: Terminal
  /** Runs `work` on the database that the options name, and leaves everything as it was found. */
  readonly withDatabase: <Result>(options: ReachOptions, work: (database: ReachedDatabase) => Promise<Result>) => Promise<Result>
  /** The code to exit with, where it is not that of success. */
  readonly exitWith: (code: ExitCode) => void
}

/** Adds the options that say which database a command is for. */
export const withDatabaseOptions = (command: Command): Command =>
  command
    .addOption(new Option('--data <folder>', 'data folder of the platform on this machine').default('.nestegg'))
    .option('--url-file <file>', 'file with the URL of another database: postgresql://HOST:PORT/DATABASE?region=REGION')
