import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { environmentNames } from '../../lib/environments.ts'
import { temporaryFolder } from '../lib/temporary-folder.ts'
import { runProgram } from '../support/run-program.ts'

const project = join(import.meta.dirname, '../..')
const folder = join(project, '.github/workflows')

const permissions = z.record(z.string(), z.enum(['read', 'write']))
const step = z.strictObject({
  id: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  env: z.record(z.string(), z.string()).default({}),
  run: z.string().optional(),
})
const job = z.looseObject({
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  permissions,
  uses: z.string().optional(),
  environment: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  steps: z.array(step).default([]),
})
const workflow = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions,
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }).optional(),
  jobs: z.record(z.string(), job),
})

const texts = readdirSync(folder).map(file => [file, readFileSync(join(folder, file), 'utf8')] as const)
const workflows = Object.fromEntries(texts.map(([file, text]) => [file, workflow.parse(parse(text))]))
const jobsOf = (file: string) => Object.entries(workflows[file]!.jobs)
const jobs = Object.keys(workflows).flatMap(file => jobsOf(file).map(([name, each]) => ({ file, name, ...each })))
const steps = jobs.flatMap(each => each.steps.map(one => ({ ...one, file: each.file, job: each.name })))

describe('the workflows', () => {
  it('call only scripts that exist', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')))
    const called = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name))
    expect(new Set(called)).toEqual(new Set(['diff', 'deploy', 'drift', 'smoke']))
    expect(called.filter(name => name === undefined || !(name in scripts))).toEqual([])
    expect(steps.filter(({ run }) => run === '.ci/run').map(({ job: name }) => name)).toEqual(['test', 'test'])
  })

  it('name each action by the hash of a commit, with its version beside it', () => {
    const used = texts
      .flatMap(([, text]) => [...text.matchAll(/uses: (.+)/g)].map(([, action]) => action!))
      .filter(action => !action.startsWith('./'))
    expect(used.filter(action => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
    expect(new Set(used).size).toBe(5)
  })

  it('give each job its own rights, and by default none', () => {
    expect(Object.values(workflows).map(each => each.permissions)).toEqual([{}, {}, {}, {}])
    const rights = new Map(jobs.map(({ name, permissions: own }) => [name, own]))
    expect(rights.get('test')).toEqual({ contents: 'read' })
    expect(rights.get('comment')).toEqual({ 'pull-requests': 'write' })
    const withToken = jobs.filter(({ permissions: own }) => own['id-token']).map(({ name }) => name)
    expect(withToken.toSorted()).toEqual(['deploy', 'dev', 'diff', 'drift', 'prod', 'staging'])
    expect(jobs.filter(({ permissions: own }) => own['contents'] === 'write')).toEqual([])
  })

  it('hold no keys', () => {
    expect(texts.filter(([, text]) => /secrets\.|access-key|AKIA/.test(text)).map(([file]) => file)).toEqual([])
    const credentials = steps.filter(({ uses = '' }) => uses.startsWith('aws-actions/configure-aws-credentials@'))
    expect(credentials.map(({ with: inputs }) => inputs['role-to-assume'])).toEqual([
      expect.stringMatching(/:role\/nestegg-\$\{\{ matrix\.environment \}\}-diff$/),
      expect.stringMatching(/:role\/nestegg-\$\{\{ inputs\.environment \}\}-deploy$/),
      expect.stringMatching(/:role\/nestegg-\$\{\{ matrix\.environment \}\}-drift$/),
    ])
    const kept = steps.filter(
      ({ uses = '', with: inputs }) => uses.startsWith('actions/checkout@') && inputs['persist-credentials'] !== false,
    )
    expect(kept).toEqual([])
  })

  it('put no text of others into a script', () => {
    expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([])
  })
})

describe('the release', () => {
  it('goes from environment to environment, each tested before the next', () => {
    const release = workflows['release.yml']!.jobs
    const deployments = Object.entries(release).filter(([, { uses }]) => uses === './.github/workflows/deploy.yml')
    expect(deployments.map(([, { with: inputs }]) => inputs['environment'])).toEqual([...environmentNames])
    expect(deployments.map(([, { needs }]) => needs)).toEqual([
      ['commit', 'test'],
      ['commit', 'test', 'dev'],
      ['commit', 'test', 'dev', 'staging'],
    ])
    const runs = workflows['deploy.yml']!.jobs['deploy']!.steps.flatMap(({ run }) => run ?? [])
    expect(runs.at(-2)).toContain('npm run deploy -- "$ENVIRONMENT"')
    expect(runs.at(-1)).toBe('npm run smoke -- "$ENVIRONMENT"')
  })

  it('waits for the rules of the environment, and for another deployment to it', () => {
    const deploy = workflows['deploy.yml']!.jobs['deploy']!
    expect(deploy).toMatchObject({
      environment: '${{ inputs.environment }}',
      concurrency: { group: 'deploy-${{ inputs.environment }}', 'cancel-in-progress': false },
    })
  })

  it('deploys a commit of main only', () => {
    const scripts = workflows['release.yml']!.jobs['commit']!.steps.map(({ run = '' }) => run).join('\n')
    expect(scripts).toContain('git merge-base --is-ancestor "$hash" "$GITHUB_SHA"')
    expect(workflows['release.yml']!.on).toMatchObject({ push: { branches: ['main'] }, workflow_dispatch: { inputs: { ref: {} } } })
  })
})

describe('the search for drift', () => {
  it('takes place every week, on main, in each environment', () => {
    const { jobs: found, on } = workflows['drift.yml']!
    expect(on['schedule']).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* 1$/) }])
    expect(found['drift']).toMatchObject({
      if: expect.stringContaining("github.ref == 'refs/heads/main'"),
      strategy: { 'fail-fast': false, matrix: { environment: environmentNames } },
    })
  })
})

describe('the scripts', () => {
  /** Runs the script of a job as GitHub does, with an `npm` that prints its arguments. Returns the exit code and what was printed. */
  const bash = async (file: string, name: string, part: string, env: NodeJS.ProcessEnv, npmEndsWith = 0) => {
    const output = temporaryFolder()
    const script = workflows[file]!.jobs[name]!.steps.flatMap(({ run = '' }) => (run.includes(part) ? run : []))[0]
    const text = `cd ${output}\nnpm() { printf '<%s>' "$@"; return ${npmEndsWith}; }\n${script}`
    const { status, stdout } = await runProgram('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', text], {
      env: { ...process.env, GITHUB_STEP_SUMMARY: join(output, 'summary'), ...env },
    })
    return { status, stdout }
  }

  it('give a deployment the names of its own environment only', async () => {
    const replace = 'nestegg-prod-api/A nestegg-dev-api/B nestegg-prod-network/C'
    const deployment = (env: NodeJS.ProcessEnv, npmEndsWith?: number) => bash('deploy.yml', 'deploy', 'npm run deploy', env, npmEndsWith)
    expect(await deployment({ ENVIRONMENT: 'prod', REPLACE: replace })).toEqual({
      status: 0,
      stdout: '<run><deploy><--><prod><--replace><nestegg-prod-api/A><--replace><nestegg-prod-network/C>',
    })
    expect(await deployment({ ENVIRONMENT: 'dev', REPLACE: '' })).toEqual({ status: 0, stdout: '<run><deploy><--><dev>' })
    expect(await deployment({ ENVIRONMENT: 'dev', REPLACE: '' }, 3)).toMatchObject({ status: 3 })
  })

  it.each([
    [0, 0],
    [1, 0],
    [3, 0],
    [2, 2],
    [4, 4],
  ])('turn the exit code %i of a comparison into %i', async (code, expected) => {
    expect(await bash('check.yml', 'diff', 'npm run --silent diff', { ENVIRONMENT: 'dev' }, code)).toMatchObject({ status: expected })
  })

  it.each([0, 1, 3, 4])('show what a search for drift found, and end with its exit code %i', async code => {
    const { status, stdout } = await bash('drift.yml', 'drift', 'npm run --silent drift', { ENVIRONMENT: 'prod' }, code)
    expect({ status, stdout }).toEqual({ status: code, stdout: '<run><--silent><drift><--><prod>' })
  })
})
