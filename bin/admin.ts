import { runAdmin } from './admin/program.ts'
import { processTerminal } from './admin/terminal.ts'

// Backups, keys and copies that a command makes are for its user only.
process.umask(0o077)

process.exitCode = await runAdmin(process.argv.slice(2), processTerminal)
