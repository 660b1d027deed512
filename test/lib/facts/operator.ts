import { describe, expect, it } from 'vitest'
import { operationsTasks } from '../../../lambdas/operations/tasks.ts'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { connectsAs, statements } from '../policies.ts'
import { at, handlerOf, only, type Resource, type Synthesized, synthesize } from '../synthesized.ts'

const roleOf = ({ resources }: Synthesized): Resource =>
  only(resources('AWS::IAM::Role', 'operations').filter(({ properties }) => 'RoleName' in properties))

const asUser = { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, StringEquals: { 'sts:RoleSessionName': '${aws:username}' } }

export const operatorFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('operator commands', () => {
    const runner = () => handlerOf(synthesized(), operationsTasks['run-command'], 'operations')
    const arn = () => ({ 'Fn::GetAtt': [runner().id, 'Arn'] })

    it('run inside the VPC as nestegg_operator, nestegg_owner or nestegg_backup, for up to 15 minutes, without reserved concurrency', () => {
      expect(runner().properties).toMatchObject({ VpcConfig: expect.anything(), Timeout: 900 })
      expect(runner().properties).not.toHaveProperty('ReservedConcurrentExecutions')
      expect(connectsAs(synthesized(), runner()).toSorted()).toEqual(['nestegg_backup', 'nestegg_operator', 'nestegg_owner'])
    })

    it('are called at the only URL of a function, which requires a signature of IAM', () => {
      const url = only(synthesized().resources('AWS::Lambda::Url'))
      expect(url.properties).toMatchObject({ AuthType: 'AWS_IAM', TargetFunctionArn: arn() })
      expect(url.properties).not.toHaveProperty('Cors')
      const permissions = synthesized().resources('AWS::Lambda::Permission', 'operations')
      expect(permissions.filter(({ properties }) => JSON.stringify(properties).includes(runner().id))).toEqual([])
    })

    it('are called by a role that may do nothing else, and by nobody else', () => {
      const role = roleOf(synthesized())
      expect(role.properties['RoleName']).toBe(`nestegg-${name}-operator`)
      expect(role.properties).not.toHaveProperty('ManagedPolicyArns')
      const own = statements(synthesized()).filter(each => each.role === role.id && each.stack === 'operations')
      const onFunction = { effect: 'Allow', resources: [JSON.stringify(arn())] }
      expect(own).toEqual([
        expect.objectContaining({
          ...onFunction,
          actions: ['lambda:InvokeFunctionUrl'],
          condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
        }),
        expect.objectContaining({
          ...onFunction,
          actions: ['lambda:InvokeFunction'],
          condition: { Bool: { 'lambda:InvokedViaFunctionUrl': true } },
        }),
      ])
      const others = statements(synthesized()).filter(each => each.role !== role.id && each.stack === 'operations')
      expect(others.filter(({ resources }) => resources.some(resource => resource.includes(runner().id)))).toEqual([])
    })

    it('are found by the outputs of their stack', () => {
      expect(synthesized().templates.get('operations')?.Outputs).toMatchObject({
        OperatorUrl: { Value: { 'Fn::GetAtt': [only(synthesized().resources('AWS::Lambda::Url')).id, 'FunctionUrl'] } },
        OperatorRoleArn: { Value: { 'Fn::GetAtt': [roleOf(synthesized()).id, 'Arn'] } },
      })
    })

    it('are for users who sign in with MFA and name their session after themselves', () => {
      expect(environmentSettings(name).operators).toBeUndefined()
      expect(at(roleOf(synthesized()).properties, 'AssumeRolePolicyDocument', 'Statement')).toEqual([
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${environmentSettings(name).account}:root` },
          Condition: asUser,
        },
      ])
    })
  })
}

/** Facts about principals that are named in the settings. */
export const trustFacts = (): void => {
  it('named users need MFA to run operator commands, and named roles have it from their identity provider', () => {
    const user = 'arn:aws:iam::123456789012:user/operator-1'
    const role = 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Operators_0123456789abcdef'
    const settings = { ...environmentSettings('prod'), operators: { principalArns: [user, role] } }
    const trust = at(roleOf(synthesize('prod', { settings, routes: [], jobs: [] })).properties, 'AssumeRolePolicyDocument', 'Statement')
    const statement = { Action: 'sts:AssumeRole', Effect: 'Allow' }
    expect(trust).toEqual([
      { ...statement, Principal: { AWS: user }, Condition: asUser },
      { ...statement, Principal: { AWS: role } },
    ])
  })
}
