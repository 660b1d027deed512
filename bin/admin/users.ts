import { Argument, type Command } from 'commander'
import { identityCommands } from '../../lambdas/identity/commands.ts'
import type { OperatorCommand } from '../../lambdas/runtime/command.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'

/** Adds the commands that list users, set roles, close accounts and end sessions. Only the operator can make the first administrator. */
export const addUserCommands = (program: Command, { run }: CommandContext): void => {
  const group = program.command('users').description('users and their roles')
  withDatabaseOptions(group.command('list').description('list all users')).action((options: ReachOptions) =>
    run(identityCommands.list, {}, options),
  )
  withDatabaseOptions(group.command('set-role').description('make a member an administrator, or the reverse'))
    .argument('<email>', 'the address they sign in with')
    .addArgument(new Argument('<role>').choices(['member', 'admin']))
    .action((email: string, role: string, options: ReachOptions) => run(identityCommands.setRole, { email, role }, options))
  const person = program.command('person').description('what the law gives a person: erasure and export')
  withDatabaseOptions(person.command('erase').description('erase a person everywhere; this cannot be undone'))
    .argument('<user id>', 'the id of the user, as `users list` shows it')
    .requiredOption('--yes', 'yes, erase the person')
    .option('--json', 'as JSON')
    .action((user: string, { json, yes, ...options }: ReachOptions & { json?: true; yes: true }) =>
      run(identityCommands.erasePerson, { user, json, yes }, options),
    )
  withDatabaseOptions(person.command('export').description('write all data of a person as JSON lines'))
    .argument('<user id>', 'the id of the user, as `users list` shows it')
    .action((user: string, options: ReachOptions) => run(identityCommands.exportPerson, { user }, options))
  const addEnding = (name: string, description: string, command: OperatorCommand): void => {
    withDatabaseOptions(group.command(name).description(description))
      .argument('<email>', 'the address they sign in with')
      .action((email: string, options: ReachOptions) => run(command, { email }, options))
  }
  addEnding('close', 'close an account; nothing is removed', identityCommands.close)
  addEnding('reopen', 'open a closed account again', identityCommands.reopen)
  addEnding('sign-out', 'end every session of a user', identityCommands.signOut)
}
