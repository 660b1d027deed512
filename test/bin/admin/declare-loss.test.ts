import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { describeDeclaration } from '../../../bin/admin/declare-loss.ts'
import { readDeployments } from '../../../lib/deployment.ts'
import { type FakeAws, startFakeAws } from './fake-aws.ts'
import { admin } from './run.ts'

let aws: FakeAws
beforeEach(async () => {
  aws = await startFakeAws(readDeployments().prod.account, ['nestegg-prod-operations'])
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await aws.close()
})

it('prints the call of the function that may sign, and changes nothing', async () => {
  const { code, error, out } = await admin('audit', 'declare-loss', '--environment', 'prod', '--reason', 'Restored to the morning', '--yes')
  expect({ code, error }).toEqual({ code: 0, error: '' })
  expect(out).toContain('aws lambda invoke --function-name nestegg-prod-sealing-1 ')
  expect(aws.requests).toEqual([])
})

it('gives the shell one event, whatever the reason contains', async () => {
  const reason = `It's "lost" <caller> $(date) \\ \`x\``
  const text = await describeDeclaration('prod', reason, new Date('2026-11-27T01:02:03Z'))
  const shown = `aws() { if [ "$1" = sts ]; then echo arn:aws:iam::333333333333:user/me; else for last; do printf '%s\\0' "$last"; done; fi; }
npm() { :; }
${text}`
  const given = execFileSync('sh', ['-c', shown], { encoding: 'utf8' }).split('\0')
  expect(JSON.parse(given[given.indexOf('--payload') + 1]!)).toEqual({
    scheduledTime: '2026-11-27T01:02:03.000Z',
    declareLoss: { declaredBy: 'arn:aws:iam::333333333333:user/me', reason },
  })
})
