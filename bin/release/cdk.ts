import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const project = join(import.meta.dirname, '../..')
const installed = join(project, 'node_modules/aws-cdk/bin/cdk')

/** How many stacks may change at the same time, as far as they do not depend on one another. */
const concurrency = '4'

/** Deploys everything that a synthesis wrote. The reviews took place before: in the change guard, and in the pull request. */
export const deployArguments = (folder: string): readonly string[] => [
  'deploy',
  '--app',
  folder,
  '--all',
  '--require-approval',
  'never',
  '--concurrency',
  concurrency,
  '--progress',
  'events',
  '--no-notices',
]

export const destroyArguments = (folder: string): readonly string[] => [
  'destroy',
  '--app',
  folder,
  '--all',
  '--force',
  '--concurrency',
  concurrency,
  '--no-notices',
]

/**
 * Runs the pinned program of the CDK on the terminal of this process, without telemetry.
 * @returns its exit code; 1 if a signal ended it.
 */
export const runCdk = async (argv: readonly string[], program = installed): Promise<number> => {
  const child = spawn(process.execPath, [program, ...argv], {
    cwd: project,
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: '1' },
    stdio: 'inherit',
  })
  await once(child, 'close')
  return child.exitCode ?? 1
}
