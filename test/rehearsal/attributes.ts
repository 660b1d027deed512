import { createHash } from 'node:crypto'

/** The account and Region of a stack, and one of its resources with its resolved properties. */
export interface Named {
  readonly account: string
  readonly region: string
  readonly stack: string
  readonly id: string
  /** The resolved value of a property that is text or a number; undefined if it is not set. */
  readonly property: (name: string) => string | undefined
}

/** The values that CloudFormation knows of a resource once it exists. */
export interface Values {
  /** The value of `Ref`. */
  readonly ref: string
  readonly arn?: string
  /** The values of `Fn::GetAtt`. */
  readonly attributes?: Readonly<Record<string, string>>
}

const digits = '0123456789'
const hexDigits = `${digits}abcdef`
const small = `${digits}abcdefghijklmnopqrstuvwxyz`

/** Characters that look random and are the same in every run. */
const random = ({ stack, id }: Named, length: number, alphabet = small): string =>
  [...createHash('sha256').update(`${stack}/${id}`).digest()]
    .slice(0, length)
    .map(byte => alphabet[byte % alphabet.length])
    .join('')

/** A name as CloudFormation makes it: stack, logical id, and random characters, not longer than the service allows. */
const generatedName = (named: Named, longest: number): string => {
  const suffix = random(named, 12).toUpperCase()
  return `${`${named.stack}-${named.id}`.slice(0, longest - 13)}-${suffix}`
}

const nameOf = (named: Named, property: string, longest = 64): string => named.property(property) ?? generatedName(named, longest)

const required = (named: Named, property: string): string => {
  const value = named.property(property)
  if (value === undefined) throw new Error(`${named.stack}/${named.id} has no ${property}.`)
  return value
}

const arnOf = ({ account, region }: Named, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`

/** The name of the function that an alias or a version belongs to. Its property is a name or an ARN. */
const functionName = (named: Named): string => required(named, 'FunctionName').split(':').at(-1)!

const uuid = (named: Named): string => {
  const hex = random(named, 32, hexDigits)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-')
}

/** A resource of EC2, such as `subnet-0123456789abcdef0`. */
const ec2 =
  (prefix: string, resource: string, attributes: (id: string, named: Named) => Record<string, string> = () => ({})) =>
  (named: Named): Values => {
    const id = `${prefix}-${random(named, 17, hexDigits)}`
    return { ref: id, arn: arnOf(named, 'ec2', `${resource}/${id}`), attributes: attributes(id, named) }
  }

/** A resource whose name is its `Ref`, with the ARN that its name gives. */
const byName =
  (property: string, service: string, resource: (name: string, named: Named) => string, longest?: number) =>
  (named: Named): Values => {
    const ref = nameOf(named, property, longest)
    const arn = arnOf(named, service, resource(ref, named))
    return { ref, arn, attributes: { Arn: arn } }
  }

/** RDS stores names in lower case. */
const ofRds =
  (property: string, resource: string, longest: number) =>
  (named: Named): Values => {
    const ref = nameOf(named, property, longest).toLowerCase()
    const arn = arnOf(named, 'rds', `${resource}:${ref}`)
    return { ref, arn, attributes: { Arn: arn } }
  }

/** A part of another resource, which nothing names by an ARN. */
const part =
  (length: number) =>
  (named: Named): Values => ({ ref: random(named, length) })

/** CloudFormation's `Ref` and `Fn::GetAtt` by type, as each type's page says under "Return values". */
const valuesByType: Readonly<Record<string, (named: Named) => Values>> = {
  'AWS::ApiGatewayV2::Api': named => {
    const id = random(named, 10)
    return {
      ref: id,
      arn: `arn:aws:execute-api:${named.region}:${named.account}:${id}`,
      attributes: { ApiId: id, ApiEndpoint: `https://${id}.execute-api.${named.region}.amazonaws.com` },
    }
  },
  'AWS::ApiGatewayV2::ApiMapping': part(6),
  'AWS::ApiGatewayV2::Authorizer': part(6),
  'AWS::ApiGatewayV2::DomainName': named => ({
    ref: required(named, 'DomainName'),
    attributes: {
      RegionalDomainName: `d-${random(named, 10)}.execute-api.${named.region}.amazonaws.com`,
      RegionalHostedZoneId: `Z${random(named, 13).toUpperCase()}`,
    },
  }),
  'AWS::ApiGatewayV2::Integration': part(7),
  'AWS::ApiGatewayV2::Route': part(7),
  'AWS::ApiGatewayV2::Stage': named => ({ ref: required(named, 'StageName') }),
  'AWS::Backup::BackupPlan': named => {
    const id = uuid(named)
    const arn = arnOf(named, 'backup', `backup-plan:${id}`)
    return { ref: id, arn, attributes: { BackupPlanId: id, BackupPlanArn: arn } }
  },
  'AWS::Backup::BackupSelection': part(12),
  'AWS::Backup::BackupVault': named => {
    const name = required(named, 'BackupVaultName')
    const arn = arnOf(named, 'backup', `backup-vault:${name}`)
    return { ref: name, arn, attributes: { BackupVaultName: name, BackupVaultArn: arn } }
  },
  'AWS::Backup::RestoreTestingPlan': named => {
    const name = required(named, 'RestoreTestingPlanName')
    const arn = arnOf(named, 'backup', `restore-testing-plan:${name}-${uuid(named)}`)
    return { ref: name, arn, attributes: { RestoreTestingPlanArn: arn } }
  },
  'AWS::Backup::RestoreTestingSelection': part(12),
  'AWS::Budgets::Budget': part(12),
  'AWS::CertificateManager::Certificate': named => {
    const arn = arnOf(named, 'acm', `certificate/${uuid(named)}`)
    return { ref: arn, arn }
  },
  'AWS::CloudFront::CachePolicy': named => ({ ref: uuid(named) }),
  'AWS::CloudFront::Distribution': named => {
    const id = `E${random(named, 13).toUpperCase()}`
    const arn = `arn:aws:cloudfront::${named.account}:distribution/${id}`
    return { ref: id, arn, attributes: { Id: id, DomainName: `d${random(named, 13)}.cloudfront.net` } }
  },
  'AWS::CloudFront::Function': named => {
    const arn = `arn:aws:cloudfront::${named.account}:function/${required(named, 'Name')}`
    return { ref: arn, arn, attributes: { FunctionARN: arn } }
  },
  'AWS::CloudFront::OriginAccessControl': named => {
    const id = `E${random(named, 13).toUpperCase()}`
    return { ref: id, attributes: { Id: id } }
  },
  'AWS::CloudFront::ResponseHeadersPolicy': named => ({ ref: uuid(named) }),
  'AWS::CloudWatch::Alarm': byName('AlarmName', 'cloudwatch', name => `alarm:${name}`, 255),
  'AWS::CloudWatch::Dashboard': named => ({ ref: required(named, 'DashboardName') }),
  'AWS::Cognito::UserPool': named => {
    const id = `${named.region}_${random(named, 9)}`
    const arn = arnOf(named, 'cognito-idp', `userpool/${id}`)
    const provider = `cognito-idp.${named.region}.amazonaws.com/${id}`
    return { ref: id, arn, attributes: { Arn: arn, UserPoolId: id, ProviderName: provider, ProviderURL: `https://${provider}` } }
  },
  'AWS::Cognito::UserPoolClient': named => {
    const id = random(named, 26)
    return { ref: id, attributes: { ClientId: id } }
  },
  'AWS::Cognito::UserPoolGroup': named => ({ ref: required(named, 'GroupName') }),
  'AWS::EC2::FlowLog': ec2('fl', 'vpc-flow-log'),
  'AWS::EC2::RouteTable': ec2('rtb', 'route-table', id => ({ RouteTableId: id })),
  'AWS::EC2::SecurityGroup': ec2('sg', 'security-group', id => ({ GroupId: id })),
  'AWS::EC2::SecurityGroupEgress': ec2('sgr', 'security-group-rule'),
  'AWS::EC2::SecurityGroupIngress': ec2('sgr', 'security-group-rule'),
  'AWS::EC2::Subnet': ec2('subnet', 'subnet', (id, named) => ({
    SubnetId: id,
    // The zone's name in the account. A template can give its id only.
    AvailabilityZone: named.property('AvailabilityZone') ?? `${named.region}a`,
    CidrBlock: required(named, 'CidrBlock'),
  })),
  'AWS::EC2::SubnetRouteTableAssociation': ec2('rtbassoc', 'route-table-association'),
  'AWS::EC2::VPC': ec2('vpc', 'vpc', (id, named) => ({
    VpcId: id,
    CidrBlock: required(named, 'CidrBlock'),
    DefaultSecurityGroup: `sg-${random({ ...named, id: 'DefaultSecurityGroup' }, 17, hexDigits)}`,
  })),
  'AWS::EC2::VPCEndpoint': ec2('vpce', 'vpc-endpoint'),
  'AWS::Events::Rule': byName('Name', 'events', name => `rule/${name}`),
  'AWS::IAM::ManagedPolicy': named => {
    const arn = `arn:aws:iam::${named.account}:policy/${nameOf(named, 'ManagedPolicyName', 128)}`
    return { ref: arn, arn, attributes: { PolicyArn: arn } }
  },
  'AWS::IAM::Policy': named => ({ ref: required(named, 'PolicyName') }),
  'AWS::IAM::Role': named => {
    const name = nameOf(named, 'RoleName')
    const arn = `arn:aws:iam::${named.account}:role/${name}`
    return { ref: name, arn, attributes: { Arn: arn, RoleId: `AROA${random(named, 17).toUpperCase()}` } }
  },
  'AWS::KMS::Key': named => {
    const id = uuid(named)
    const arn = arnOf(named, 'kms', `key/${id}`)
    return { ref: id, arn, attributes: { Arn: arn, KeyId: id } }
  },
  'AWS::CodeDeploy::Application': byName('ApplicationName', 'codedeploy', name => `application:${name}`, 100),
  'AWS::CodeDeploy::DeploymentGroup': named => {
    const ref = nameOf(named, 'DeploymentGroupName', 100)
    return { ref, arn: arnOf(named, 'codedeploy', `deploymentgroup:${required(named, 'ApplicationName')}/${ref}`) }
  },
  'AWS::Lambda::Alias': named => {
    const arn = arnOf(named, 'lambda', `function:${functionName(named)}:${required(named, 'Name')}`)
    return { ref: arn, arn, attributes: { AliasArn: arn } }
  },
  'AWS::Lambda::EventInvokeConfig': part(12),
  'AWS::Lambda::Function': byName('FunctionName', 'lambda', name => `function:${name}`),
  'AWS::Lambda::LayerVersion': named => {
    const arn = arnOf(named, 'lambda', `layer:${nameOf(named, 'LayerName', 140)}:1`)
    return { ref: arn, arn, attributes: { LayerVersionArn: arn } }
  },
  'AWS::Lambda::Permission': part(12),
  'AWS::Lambda::Version': named => {
    const arn = arnOf(named, 'lambda', `function:${functionName(named)}:7`)
    return { ref: arn, arn, attributes: { FunctionArn: arn, Version: '7' } }
  },
  'AWS::Lambda::Url': named => {
    const lambda = required(named, 'TargetFunctionArn')
    const FunctionUrl = `https://${random(named, 32)}.lambda-url.${named.region}.on.aws/`
    return { ref: lambda, attributes: { FunctionArn: lambda, FunctionUrl } }
  },
  'AWS::Logs::Delivery': part(16),
  'AWS::Logs::DeliveryDestination': byName('Name', 'logs', name => `delivery-destination:${name}`),
  'AWS::Logs::DeliverySource': byName('Name', 'logs', name => `delivery-source:${name}`),
  'AWS::Logs::LogGroup': named => {
    const name = nameOf(named, 'LogGroupName', 512)
    const arn = arnOf(named, 'logs', `log-group:${name}`)
    return { ref: name, arn, attributes: { Arn: `${arn}:*` } }
  },
  'AWS::Logs::MetricFilter': part(12),
  'AWS::Logs::ResourcePolicy': named => ({ ref: required(named, 'PolicyName') }),
  'AWS::RDS::DBCluster': named => {
    const name = nameOf(named, 'DBClusterIdentifier', 63).toLowerCase()
    const arn = arnOf(named, 'rds', `cluster:${name}`)
    const zone = `${random(named, 12)}.${named.region}.rds.amazonaws.com`
    const resourceId = `cluster-${random(named, 26).toUpperCase()}`
    return {
      ref: name,
      arn,
      attributes: {
        DBClusterArn: arn,
        DBClusterResourceId: resourceId,
        'Endpoint.Address': `${name}.cluster-${zone}`,
        'Endpoint.Port': named.property('Port') ?? '5432',
        'ReadEndpoint.Address': `${name}.cluster-ro-${zone}`,
        'MasterUserSecret.SecretArn': arnOf(named, 'secretsmanager', `secret:rds!cluster-${uuid(named)}-${random(named, 6)}`),
      },
    }
  },
  'AWS::RDS::DBClusterParameterGroup': ofRds('DBClusterParameterGroupName', 'cluster-pg', 255),
  'AWS::RDS::DBInstance': ofRds('DBInstanceIdentifier', 'db', 63),
  'AWS::RDS::DBSubnetGroup': ofRds('DBSubnetGroupName', 'subgrp', 255),
  'AWS::Route53::RecordSet': named => ({ ref: required(named, 'Name').replace(/\.$/, '') }),
  'AWS::S3::Bucket': named => {
    const name = nameOf(named, 'BucketName', 63).toLowerCase()
    const arn = `arn:aws:s3:::${name}`
    const domains = { DomainName: `${name}.s3.amazonaws.com`, RegionalDomainName: `${name}.s3.${named.region}.amazonaws.com` }
    return { ref: name, arn, attributes: { Arn: arn, ...domains } }
  },
  'AWS::S3::BucketPolicy': part(12),
  'AWS::SES::EmailIdentity': named => {
    const identity = required(named, 'EmailIdentity')
    return { ref: identity, arn: arnOf(named, 'ses', `identity/${identity}`) }
  },
  'AWS::SNS::Subscription': part(12),
  'AWS::SNS::Topic': named => {
    const name = nameOf(named, 'TopicName', 256)
    const arn = arnOf(named, 'sns', name)
    return { ref: arn, arn, attributes: { TopicArn: arn, TopicName: name } }
  },
  'AWS::SNS::TopicPolicy': part(12),
  'AWS::SQS::Queue': named => {
    const name = nameOf(named, 'QueueName', 80)
    const url = `https://sqs.${named.region}.amazonaws.com/${named.account}/${name}`
    const arn = arnOf(named, 'sqs', name)
    return { ref: url, arn, attributes: { Arn: arn, QueueName: name, QueueUrl: url } }
  },
  'AWS::SQS::QueuePolicy': part(12),
  'AWS::Scheduler::Schedule': byName('Name', 'scheduler', (name, named) => `schedule/${named.property('GroupName') ?? 'default'}/${name}`),
  'AWS::Scheduler::ScheduleGroup': byName('Name', 'scheduler', name => `schedule-group/${name}`),
  'AWS::SecretsManager::ResourcePolicy': part(12),
  'AWS::SecretsManager::Secret': named => {
    // A generated name does not contain that of the stack.
    const name = named.property('Name') ?? `${named.id}-${random(named, 12)}`
    const arn = arnOf(named, 'secretsmanager', `secret:${name}-${random(named, 6)}`)
    return { ref: arn, arn, attributes: { Id: arn } }
  },
  'AWS::StepFunctions::StateMachine': named => {
    const name = nameOf(named, 'StateMachineName', 80)
    const arn = arnOf(named, 'states', `stateMachine:${name}`)
    return { ref: arn, arn, attributes: { Arn: arn, Name: name } }
  },
  'AWS::Synthetics::Canary': named => {
    const name = required(named, 'Name')
    return { ref: name, arn: arnOf(named, 'synthetics', `canary:${name}`), attributes: { Id: uuid(named), State: 'RUNNING' } }
  },
  'AWS::WAFv2::WebACL': named => {
    const id = uuid(named)
    const name = nameOf(named, 'Name', 128)
    const arn = arnOf(named, 'wafv2', `global/webacl/${name}/${id}`)
    return { ref: `${name}|${id}|${required(named, 'Scope')}`, arn, attributes: { Arn: arn, Id: id } }
  },
}

/**
 * Fictitious values for a resource, in the form that AWS gives them.
 * @throws {Error} for a type that is not in the table.
 */
export const valuesOf = (type: string, named: Named): Values => {
  const values = type.startsWith('Custom::') ? part(12) : valuesByType[type]
  if (values === undefined) {
    throw new Error(`${named.stack}/${named.id}: say in test/rehearsal/attributes.ts what Ref and Fn::GetAtt of ${type} are.`)
  }
  return values(named)
}
