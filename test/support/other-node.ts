import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { runProgram } from './run-program.ts'

/** Another Node of this machine, 20 or later, if there is one; says so where there is none, since what needs it is then not tried. */
export const otherNode = async (): Promise<string | undefined> => {
  for (const node of ['/usr/bin/node', '/usr/local/bin/node'].filter(existsSync)) {
    const { stdout } = await runProgram(node, ['--version'])
    if (Number(stdout.slice(1).split('.')[0]) >= 20 && stdout.trim() !== process.version) return node
  }
  console.log('not tried with another Node: /usr/bin and /usr/local/bin have none')
  return undefined
}

/** What a program in TypeScript, which prints JSON, says under a Node that knows no TypeScript; its errors' text if it fails. */
export const runUnder = async (
  node: string,
  program: string,
  { flags = [], input = '' }: { readonly flags?: readonly string[]; readonly input?: string } = {},
): Promise<unknown> => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-program-'))
  const outfile = join(folder, 'program.mjs')
  await build({ stdin: { contents: program, resolveDir: '.' }, bundle: true, outfile, platform: 'node', format: 'esm' })
  const { stdout, stderr } = await runProgram(node, [...flags, outfile], { input })
  rmSync(folder, { recursive: true })
  return stderr === '' ? JSON.parse(stdout) : stderr
}
