import { describe, expect, it } from 'vitest'
import { parseTemplate, Resolver } from './resolver.ts'

describe('the resolver', () => {
  const stack = (name: string, template: object) => ({
    name,
    account: '123456789012',
    region: 'eu-central-1',
    template: parseTemplate({ Resources: {}, ...template }),
  })
  const owner = stack('owner', {
    Resources: { Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } },
    Outputs: {
      Arn: { Value: { 'Fn::GetAtt': ['Jobs', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Arn' } } },
      Weak: { Value: { Ref: 'Jobs' } },
    },
  })
  const user = stack('user', {
    Parameters: { Size: { Type: 'String', Default: 'large' } },
    Conditions: { IsLarge: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] }, IsSmall: { 'Fn::Not': [{ Condition: 'IsLarge' }] } },
  })
  const resolver = new Resolver([owner, user])

  it.each([
    [{ 'Fn::ImportValue': 'owner:Arn' }, 'arn:aws:sqs:eu-central-1:123456789012:jobs'],
    [
      { 'Fn::GetStackOutput': { StackName: 'owner', Region: { Ref: 'AWS::Region' }, OutputName: 'Weak' } },
      'https://sqs.eu-central-1.amazonaws.com/123456789012/jobs',
    ],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, { 'Fn::Select': [1, { 'Fn::Split': [':', 'x:y'] }] }]] }, 'a-eu-central-1-y'],
    [{ 'Fn::Sub': ['${Own}/${AWS::AccountId}/${!Literal}', { Own: { Ref: 'Size' } }] }, 'large/123456789012/${Literal}'],
    [{ 'Fn::Select': ['1', { 'Fn::GetAZs': '' }] }, 'eu-central-1b'],
    [{ 'Fn::If': ['IsSmall', 'small', { Left: { Ref: 'AWS::NoValue' }, Kept: 1 }] }, { Kept: 1 }],
  ])('resolves %j', (value, expected) => {
    expect(resolver.resolve(user, value)).toEqual(expected)
  })

  it.each([
    [{ Ref: 'Nothing' }, 'user/Nothing is not in the template.'],
    [{ 'Fn::ImportValue': 'owner:Url' }, 'user imports owner:Url, which no stack exports.'],
    [{ 'Fn::GetStackOutput': { StackName: 'owner', OutputName: 'Url' } }, 'The stack owner has no output Url.'],
    [{ 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, 'user uses Fn::Cidr, which the rehearsal does not know.'],
  ])('refuses %j', (value, message) => {
    expect(() => resolver.resolve(user, value)).toThrow(message)
  })

  it('says which attribute it does not know', () => {
    expect(() => resolver.resolve(owner, { 'Fn::GetAtt': ['Jobs', 'Colour'] })).toThrow(
      'owner/Jobs: say in test/rehearsal/attributes.ts what the attribute Colour of AWS::SQS::Queue is.',
    )
  })
})
