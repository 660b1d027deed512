import { Command, CommanderError } from 'commander'
import { type CommandContext, type ExitCode, exitCodes } from './context.ts'
import { addDbCommands } from './db.ts'
import { addMarketCommands } from './market.ts'
import { reachDatabase } from './reach-database.ts'
import { addUserCommands } from './users.ts'
import type { Terminal } from './terminal.ts'

const describe = (error: unknown): string => {
  if (error instanceof AggregateError && !error.message) return error.errors.map(describe).join('\n')
  return error instanceof Error ? error.message || error.name : String(error)
}

/** Runs one operator command and returns its exit code: 0 done, 1 failed, 2 wrong usage, 3 the database is not up to date. */
export const runAdmin = async (argv: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  let exitCode: ExitCode = exitCodes.done
  const context: CommandContext = {
    terminal,
    exitWith: code => {
      exitCode = code
    },
    withDatabase: async (options, work) => {
      const database = await reachDatabase(options)
      try {
        return await work(database)
      } finally {
        await database.close()
      }
    },
  }
  const program = new Command('admin')
    .description('Operator commands of Nestegg.')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.error })
    .showHelpAfterError('(use --help for more information)')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 the database is not up to date.')
  addDbCommands(program, context)
  addMarketCommands(program, context)
  addUserCommands(program, context)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage
    terminal.error(`${describe(error)}\n`)
    return exitCodes.failed
  }
}
