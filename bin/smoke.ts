import { environmentSettings } from '../lib/environments.ts'
import { processTerminal } from './admin/terminal.ts'
import { runSmoke } from './smoke/program.ts'

const argv = process.argv.slice(2)
if (argv.length > 0) {
  process.exitCode = await runSmoke(argv, { terminal: processTerminal, readSettings: environmentSettings })
} else {
  // The whole platform on this machine, from its start to its end.
  process.argv.push('--once', '--port', '0', '--ephemeral')
  await import('./local.ts')
}
