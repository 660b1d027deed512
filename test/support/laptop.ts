import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type Sql } from '../../db/connections.ts'
import { admin } from '../bin/admin/run.ts'
import { type Started, startProgram } from '../local/start.ts'
import { stopPlatform } from './document-commands.ts'
import { runProgram } from './run-program.ts'
import { locate } from './postgres.ts'

export interface Outcome {
  readonly code: number | null
  readonly out: string
}

/** The programs that a page may use besides `npm`. */
const programs = new Set(['cp', 'curl', 'df', 'du', 'kill', 'mkdir', 'mv', 'rm', 'tail'])

const unquoted = (text: string): string[] => (text.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map(word => word.replace(/^(['"])(.*)\1$/, '$2'))

/** A working folder with a platform in `.nestegg`, in which the commands of a page are run as a person would type them. */
export class Laptop {
  readonly folder = mkdtempSync(join(tmpdir(), 'nestegg-laptop-'))
  readonly data = join(this.folder, '.nestegg')
  url = ''
  #program: Started | undefined

  /** Runs one command of a page. Throws if it is of no known kind. */
  async run(command: string): Promise<Outcome> {
    if (command === stopPlatform) return { code: await this.stop(), out: '' }
    if (command === 'npm start') return this.#start()
    const ofAdmin = /^npm run (?:--silent )?admin -- (.+?)(?: > (\S+))?$/.exec(command)
    if (ofAdmin) {
      const { code, error, out } = await admin(...unquoted(ofAdmin[1]!), '--data', this.data)
      if (ofAdmin[2] !== undefined) writeFileSync(join(this.folder, ofAdmin[2]), out)
      return { code, out: out + error }
    }
    if (!programs.has(command.split(' ')[0]!)) throw new Error(`The test does not know how to run: ${command}`)
    const { status, stderr, stdout } = await runProgram('bash', ['-c', `cd ${this.folder} && ${command}`])
    return { code: status, out: stdout + stderr }
  }

  async #start(): Promise<Outcome> {
    if (this.#program) throw new Error('The platform runs already.')
    const program = startProgram(['--data', this.data, '--port', '0'])
    this.#program = program
    await program.printed(/Ctrl-C stops everything/)
    this.url = (await program.printed(/API +(http:\/\/127\.0\.0\.1:\d+)/))[1]!
    return { code: 0, out: program.output() }
  }

  /** Ends the platform as Ctrl-C does. Returns its exit code. */
  async stop(): Promise<number | null> {
    const code = await this.#program?.end('SIGINT')
    this.#program = undefined
    return typeof code === 'number' ? code : null
  }

  /** As the superuser. A restore cannot end its sessions, so none stays open. */
  async asAdministrator<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    const server = JSON.parse(readFileSync(join(this.data, 'platform.json'), 'utf8')) as Parameters<typeof locate>[0]
    const sql = connect(locate(server, 'nestegg'), 'postgres')
    try {
      return await work(sql)
    } finally {
      await sql.end()
    }
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
