import { Duration, Validations } from 'aws-cdk-lib'
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { AnyPrincipal, Effect, Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { BackendVariables } from '../../lambdas/runtime/backends.ts'
import type { DatabaseStack } from '../database.ts'
import type { EnvironmentSettings } from '../environments.ts'
import { importedObjectsOf } from './acknowledgements.ts'
import type { AuditBackend } from './backends.ts'
import type { NesteggFunction } from './nestegg-function.ts'

export interface AuditAnchorsProps {
  readonly settings: EnvironmentSettings
  readonly database: DatabaseStack
}

const prefixes = ['audit/', 'public-keys/']

const retentionOf = ({ days, mode }: NonNullable<EnvironmentSettings['anchorLock']>): ObjectLockRetention =>
  mode === 'compliance' ? ObjectLockRetention.compliance(Duration.days(days)) : ObjectLockRetention.governance(Duration.days(days))

/**
 * The anchors of the audit trail, outside of the database, and the key that signs them. Nobody can overwrite an anchor, and nobody can delete a
 * version of it while its lock lasts. The private key never leaves KMS.
 */
export class AuditAnchors extends Construct implements AuditBackend {
  readonly anchorVariables: BackendVariables<'audit-anchors'>
  readonly signingVariables: BackendVariables<'audit-signing'>
  /** Lets functions with the backend `audit-anchors` reach S3, in addition to the security group of the database. */
  readonly access: SecurityGroup
  private readonly bucket: Bucket
  private readonly key: Key

  constructor(scope: Construct, id: string, { database, settings }: AuditAnchorsProps) {
    super(scope, id)
    const { anchorLock, removalPolicy } = settings
    this.key = new Key(this, 'SigningKey', {
      description: 'Signs the anchors of the audit trail',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy,
    })
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      versioned: true,
      ...(anchorLock ? { objectLockEnabled: true, objectLockDefaultRetention: retentionOf(anchorLock) } : {}),
      removalPolicy,
    })
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NeverOverwrite',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
    )
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Holds one signed object an hour, without personal data. Each of them names the one before, so a missing one is found.',
    })
    this.anchorVariables = { AUDIT_ANCHOR_BUCKET: this.bucket.bucketName }
    this.signingVariables = { ...this.anchorVariables, AUDIT_SIGNING_KEY_ID: this.key.keyArn }
    this.access = new SecurityGroup(this, 'Access', {
      vpc: database.placement.vpc,
      description: 'Functions that read the anchors of the audit trail from inside the VPC',
      allowAllOutbound: false,
    })
    // The addresses of S3 differ by Region. From these subnets the gateway endpoint to S3 is the only route out of the VPC.
    this.access.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'S3, by the gateway endpoint')
  }

  /** The values that other stacks use. */
  get exported(): readonly string[] {
    return [this.bucket.bucketName, this.bucket.bucketArn, this.key.keyArn, this.access.securityGroupId]
  }

  /** Lets the grantee list and read anchors and public keys. */
  grantAnchors(grantee: NesteggFunction): Grant {
    this.acknowledgePrefixes(grantee)
    const list = { grantee, actions: ['s3:ListBucket'], resourceArns: [this.bucket.bucketArn] }
    const read = { grantee, actions: ['s3:GetObject'], resourceArns: this.objects() }
    return Grant.addToPrincipal(list).combine(Grant.addToPrincipal(read))
  }

  /** Lets the grantee also add anchors and public keys, and sign. `key.grant` would name the grantee in the policy of the key. */
  grantSigning(grantee: NesteggFunction): Grant {
    const add = { grantee, actions: ['s3:PutObject'], resourceArns: this.objects() }
    const sign = { grantee, actions: ['kms:GetPublicKey', 'kms:Sign'], resourceArns: [this.key.keyArn] }
    return this.grantAnchors(grantee).combine(Grant.addToPrincipal(add)).combine(Grant.addToPrincipal(sign))
  }

  private objects(): string[] {
    return prefixes.map(prefix => this.bucket.arnForObjects(`${prefix}*`))
  }

  private acknowledgePrefixes(grantee: NesteggFunction): void {
    Validations.of(grantee).acknowledge(
      ...prefixes.map(prefix => ({
        id: importedObjectsOf(this.bucket, prefix),
        reason: 'The names of future anchors are not known. The prefix holds no other objects.',
      })),
    )
  }
}
