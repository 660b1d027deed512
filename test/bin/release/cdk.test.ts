import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { deployArguments, destroyArguments, runCdk } from '../../../bin/release/cdk.ts'
import { temporaryFolder } from '../../lib/temporary-folder.ts'
import { runProgram } from '../../support/run-program.ts'

const project = join(import.meta.dirname, '../../..')

it('starts the program with its arguments and without telemetry, and passes its exit code on', async () => {
  const folder = temporaryFolder()
  const [program, seen] = [join(folder, 'cdk.mjs'), join(folder, 'seen.json')]
  writeFileSync(
    program,
    `import { writeFileSync } from 'node:fs'
     const { argv, env, cwd } = process
     writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ argv: argv.slice(2), telemetryOff: env.CDK_DISABLE_CLI_TELEMETRY, folder: cwd() }))
     process.exitCode = 7`,
  )
  expect(await runCdk(deployArguments('cdk.out/dev'), program)).toBe(7)
  expect(JSON.parse(readFileSync(seen, 'utf8'))).toEqual({
    argv: 'deploy --app cdk.out/dev --all --require-approval never --concurrency 4 --progress events --no-notices'.split(' '),
    telemetryOff: '1',
    folder: project,
  })
})

it.each([
  ['deploy', deployArguments('cdk.out/dev')],
  ['destroy', destroyArguments('cdk.out/dev')],
])('uses only flags that the installed program has: %s', async (command, argv) => {
  const { stdout } = await runProgram(process.execPath, [join(project, 'node_modules/aws-cdk/bin/cdk'), command, '--help'], {
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: '1' },
  })
  const flags = argv.filter(text => text.startsWith('--')).map(flag => flag.replace('--no-', '--'))
  expect(flags.length).toBeGreaterThan(3)
  for (const flag of flags) expect(stdout).toMatch(new RegExp(`${flag}[ ,]`))
})
