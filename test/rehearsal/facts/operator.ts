import { describe, expect, it } from 'vitest'
import { type Call, refusal } from '../access.ts'
import type { Deployed } from '../deployed.ts'

export const operatorFacts = (deployed: () => Deployed): void => {
  describe('the operator', () => {
    const user = () => `arn:aws:iam::${deployed().account}:user/operator-1`
    const role = () => `arn:aws:iam::${deployed().account}:role/nestegg-prod-operator`
    const runner = () => deployed().functionsOf('operations/run-command')[0]!.arn
    const another = () => deployed().functionsOf('operations/apply-migrations')[0]!.arn

    const assume = (context: Record<string, string>): Call => ({ action: 'sts:AssumeRole', on: role(), context })
    const name = { 'sts:RoleSessionName': 'operator-1', 'aws:username': 'operator-1' }
    const mfa = { 'aws:MultiFactorAuthPresent': 'true' }

    it('assumes the role with MFA and the own name, and not otherwise', async () => {
      expect(await refusal(deployed(), user(), assume({ ...name, ...mfa }))).toBeUndefined()
      expect(await refusal(deployed(), user(), assume(name))).toMatch(/Denied$/)
      expect(await refusal(deployed(), user(), assume({ ...name, 'aws:MultiFactorAuthPresent': 'false' }))).toMatch(/Denied$/)
      expect(await refusal(deployed(), user(), assume({ ...name, ...mfa, 'sts:RoleSessionName': 'operator-2' }))).toMatch(/Denied$/)
    })

    // Lambda checks two rights: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
    const url = { action: 'lambda:InvokeFunctionUrl', context: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } }
    const throughUrl = { action: 'lambda:InvokeFunction', context: { 'lambda:InvokedViaFunctionUrl': 'true' } }

    it('calls the URL of the function', async () => {
      for (const call of [url, throughUrl]) expect(await refusal(deployed(), role(), { ...call, on: runner() })).toBeUndefined()
    })

    it('neither invokes the function with an event of the own making, nor calls another one', async () => {
      expect(await refusal(deployed(), role(), { action: 'lambda:InvokeFunction', on: runner() })).toMatch(/Denied$/)
      for (const call of [url, throughUrl]) expect(await refusal(deployed(), role(), { ...call, on: another() })).toMatch(/Denied$/)
    })
  })
}
