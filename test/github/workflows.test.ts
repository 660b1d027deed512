import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { environmentNames } from '../../lib/environments.ts'

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
    expect(new Set(called)).toEqual(new Set(['diff', 'deploy', 'smoke']))
    expect(called.filter(name => !(name! in scripts))).toEqual([])
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
    expect(Object.values(workflows).map(each => each.permissions)).toEqual([{}, {}, {}])
    const rights = new Map(jobs.map(({ name, permissions: own }) => [name, own]))
    expect(rights.get('test')).toEqual({ contents: 'read' })
    expect(rights.get('comment')).toEqual({ 'pull-requests': 'write' })
    const withToken = jobs.filter(({ permissions: own }) => own['id-token']).map(({ name }) => name)
    expect(withToken.toSorted()).toEqual(['deploy', 'dev', 'diff', 'prod', 'staging'])
    expect(jobs.filter(({ permissions: own }) => own['contents'] === 'write')).toEqual([])
  })

  it('hold no keys', () => {
    expect(texts.filter(([, text]) => /secrets\.|access-key|AKIA/.test(text)).map(([file]) => file)).toEqual([])
    const credentials = steps.filter(({ uses = '' }) => uses.startsWith('aws-actions/configure-aws-credentials@'))
    expect(credentials.map(({ with: inputs }) => inputs['role-to-assume'])).toEqual([
      expect.stringMatching(/:role\/nestegg-\$\{\{ matrix\.environment \}\}-diff$/),
      expect.stringMatching(/:role\/nestegg-\$\{\{ inputs\.environment \}\}-deploy$/),
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
