import { beforeAll, describe, expect, it } from 'vitest'
import { changeRefusals, lossesOf } from '../../../bin/release/change-guard.ts'
import { compareStack, hasChanges } from '../../../bin/release/changes.ts'
import { lossOf } from '../../../bin/release/stateful.ts'
import { environment, type Synthesized } from '../../lib/synthesized.ts'

const stack = 'nestegg-prod-database'
type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown; readonly DeletionPolicy?: string }>>
const compare = (before: Resources, after: Resources) =>
  compareStack(stack, JSON.stringify({ Resources: before }), JSON.stringify({ Resources: after }))
const cluster = (name: string) => ({ Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql', DatabaseName: name } })
const instance = (zone: string) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { DBClusterIdentifier: { Ref: 'Cluster' }, AvailabilityZone: zone },
})

describe('a comparison', () => {
  it('of a stack with itself shows nothing, also if CloudFormation does not return every character', () => {
    const text = JSON.stringify({ Description: 'The user’s home', Resources: { Data: cluster('a') } })
    expect(hasChanges(compareStack(stack, text, text))).toBe(false)
    expect(hasChanges(compareStack(stack, text.replace('’', '?'), text))).toBe(false)
    expect(hasChanges(compareStack(stack, text.replace('’s', ''), text))).toBe(true)
  })

  it('of a stack that is not there shows all resources as added', () => {
    const changes = compareStack(stack, undefined, JSON.stringify({ Resources: { Data: cluster('a') } }))
    expect(changes.isNew).toBe(true)
    expect(changes.resources).toMatchObject([{ logicalId: 'Data', action: 'added' }])
    expect(lossesOf([changes])).toEqual([])
  })

  it('shows who gets more rights', () => {
    const role = (action: string) => ({
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [] },
        Policies: [
          { PolicyName: 'rights', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action, Resource: 'arn:aws:s3:::a' }] } },
        ],
      },
    })
    const changes = compare({ Role: role('s3:GetObject') }, { Role: role('s3:*') })
    expect(changes).toMatchObject({ broadensRights: true, addedRights: [expect.stringContaining('Allow s3:* on arn:aws:s3:::a')] })
    expect(compare({ Role: role('s3:*') }, { Role: role('s3:*') }).broadensRights).toBe(false)
  })
})

describe('the change guard', () => {
  it('refuses to replace a cluster, names the cause, and says how to do it all the same', () => {
    const changes = [compare({ Data: cluster('a') }, { Data: cluster('b') })]
    expect(changeRefusals(changes, [])).toEqual([
      'nestegg-prod-database/Data (AWS::RDS::DBCluster) would be replaced because of DatabaseName. All data of the users is in it. If that is what you want: --replace nestegg-prod-database/Data',
    ])
    expect(changeRefusals(changes, ['nestegg-prod-database/Data'])).toEqual([])
  })

  it('refuses to replace what refers to something that is replaced', () => {
    const subnets = (description: string) => ({ Type: 'AWS::RDS::DBSubnetGroup', Properties: { DBSubnetGroupName: description } })
    const inSubnets = { Type: 'AWS::RDS::DBCluster', Properties: { DBSubnetGroupName: { Ref: 'Subnets' } } }
    const changes = compare({ Subnets: subnets('a'), Data: inSubnets }, { Subnets: subnets('b'), Data: inSubnets })
    expect(lossesOf([changes]).map(({ logicalId, action }) => [logicalId, action])).toEqual([
      ['Subnets', 'replaced'],
      ['Data', 'replaced'],
    ])
  })

  it('accepts a change in place, and any change of what has no state', () => {
    const backups = (days: number) => ({ Type: 'AWS::RDS::DBCluster', Properties: { BackupRetentionPeriod: days } })
    const rule = (name: string) => ({ Type: 'AWS::Events::Rule', Properties: { Name: name } })
    expect(changeRefusals([compare({ Data: backups(1), Rule: rule('a') }, { Data: backups(2) })], [])).toEqual([])
    expect(changeRefusals([compare({ Rule: rule('a') }, { Rule: rule('b') })], [])).toEqual([])
  })

  it('refuses to give up a resource that stays in the account without its stack', () => {
    const kept = { ...cluster('a'), DeletionPolicy: 'RetainExceptOnCreate' }
    expect(changeRefusals([compare({ Data: kept }, {})], [])).toEqual([expect.stringContaining('nestegg-prod-database/Data')])
    expect(changeRefusals([compare({ Data: { ...kept, DeletionPolicy: 'Retain' } }, {})], [])).toEqual([
      expect.stringContaining('would be given up'),
    ])
  })

  it('accepts to replace an instance only while another one of the cluster stays', () => {
    const before = { Cluster: cluster('a'), Writer: instance('a'), Reader: instance('b') }
    const oneReplaced = compare(before, { ...before, Writer: instance('c') })
    expect(oneReplaced.resources).toMatchObject([{ logicalId: 'Writer', action: 'perhaps replaced' }])
    expect(changeRefusals([oneReplaced], [])).toEqual([])
    const bothReplaced = compare(before, { ...before, Writer: instance('c'), Reader: instance('d') })
    expect(changeRefusals([bothReplaced], [])).toHaveLength(2)
    const onlyReplaced = compare({ Cluster: cluster('a'), Writer: instance('a') }, { Cluster: cluster('a'), Writer: instance('b') })
    expect(changeRefusals([onlyReplaced], [])).toEqual([expect.stringContaining('without an instance')])
  })

  it('refuses a name of something that is not lost, since it is probably mistyped', () => {
    expect(changeRefusals([compare({}, {})], ['nestegg-prod-database/Dtaa'])).toEqual([
      'nestegg-prod-database/Dtaa is not replaced or removed by this deployment. Leave --replace nestegg-prod-database/Dtaa out.',
    ])
  })

  it('does not lose a type that is unknown to it', () => {
    expect(changeRefusals([compare({ New: { Type: 'AWS::New::Service' } }, {})], [])).toEqual([
      expect.stringContaining('Nobody has decided yet'),
    ])
  })
})

describe('the templates of prod', () => {
  let templates: Synthesized['templates']
  beforeAll(() => {
    ;({ templates } = environment('prod'))
  }, 180_000)

  it('have resources with state, which the guard knows', () => {
    const changes = [...templates].map(([name, template]) => compareStack(name, JSON.stringify(template), '{"Resources":{}}'))
    const lost = new Set(lossesOf(changes).map(({ name }) => name))
    const types = new Set<string>()
    for (const [name, { Resources }] of templates)
      for (const [id, { Type }] of Object.entries(Resources)) if (lost.has(`${name}/${id}`)) types.add(Type)
    expect([...types]).toEqual(
      expect.arrayContaining([
        'AWS::ApiGatewayV2::Api',
        'AWS::Backup::BackupVault',
        'AWS::Cognito::UserPool',
        'AWS::Cognito::UserPoolClient',
        'AWS::EC2::SecurityGroup',
        'AWS::EC2::Subnet',
        'AWS::EC2::VPC',
        'AWS::KMS::Key',
        'AWS::Logs::LogGroup',
        'AWS::RDS::DBCluster',
        'AWS::RDS::DBInstance',
        'AWS::S3::Bucket',
        'AWS::SNS::Topic',
        'AWS::SQS::Queue',
        'AWS::SecretsManager::Secret',
        'AWS::StepFunctions::StateMachine',
      ]),
    )
    expect([...types]).not.toContain('AWS::Lambda::Function')
    expect([...types].filter(type => lossOf(type)?.startsWith('Nobody has decided'))).toEqual([])
  })
})
