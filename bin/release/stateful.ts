/** Types of which nothing is lost when a resource is replaced: it is made from its template alone, and nobody outside names it. */
const replaceable = new Set([
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::Cognito::UserPoolGroup',
  'AWS::EC2::FlowLog',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  // Its requests move to the function that takes its place.
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  // The operator's program reads the address from the stack each time.
  'AWS::Lambda::Url',
  'AWS::Lambda::Version',
  'AWS::Logs::MetricFilter',
  'AWS::RDS::DBClusterParameterGroup',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::Synthetics::Canary',
  'Custom::DatabaseMigrations',
  'Custom::LogRetention',
  'Custom::VpcRestrictDefaultSG',
])

const losses: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'The address of the API changes, and every client fails until it knows the new one.',
  'AWS::ApiGatewayV2::Stage': 'The API does not answer until the new stage is there.',
  'AWS::Backup::BackupVault': 'The backups in it are lost, or stay without an owner. A vault that is not empty cannot be deleted.',
  'AWS::Cognito::UserPool': 'All users and their passwords are lost.',
  'AWS::Cognito::UserPoolClient': 'Every session ends, and clients that know the old id cannot sign in.',
  'AWS::EC2::SecurityGroup': 'Connections that it allows break, and its users in other stacks keep it from being deleted.',
  'AWS::EC2::Subnet': 'The database and the functions in it have to be replaced too.',
  'AWS::EC2::VPC': 'The database and the functions in it have to be replaced too.',
  'AWS::EC2::VPCEndpoint': 'Functions in the VPC do not reach S3 until the new one is there.',
  'AWS::KMS::Key': 'What the old key has encrypted cannot be read after its deletion.',
  'AWS::Logs::LogGroup': 'The old logs are lost, or stay without an owner.',
  'AWS::RDS::DBCluster': 'All data of the users is in it.',
  'AWS::RDS::DBInstance': 'It would leave the cluster without an instance, so the database does not answer until the new one is there.',
  'AWS::RDS::DBSubnetGroup': 'The cluster in it has to be replaced too.',
  'AWS::S3::Bucket': 'The objects in it are lost, or stay without an owner. A bucket that is not empty cannot be deleted.',
  'AWS::SNS::Subscription': 'The receiver has to confirm the new one. Until then, alarms reach nobody.',
  'AWS::SNS::Topic': 'Each receiver of alarms has to confirm the new one.',
  'AWS::SQS::Queue': 'The events in it are lost.',
  'AWS::SecretsManager::Secret': 'The password in it is lost, and its users cannot connect until they have the new one.',
  'AWS::StepFunctions::StateMachine': 'The large runs that it works on are stopped.',
}

/** Why a resource of that type must not be lost; undefined if nothing is lost. A type that is not known here is not lost without a decision. */
export const lossOf = (type: string): string | undefined =>
  replaceable.has(type)
    ? undefined
    : (losses[type] ?? 'Nobody has decided yet whether something is lost with it (bin/release/stateful.ts).')
