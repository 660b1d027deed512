import { Duration, Stack, Validations } from 'aws-cdk-lib'
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { Grant } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { BackendVariables } from '../../lambdas/runtime/backends.ts'
import type { DatabaseStack } from '../database.ts'
import type { EnvironmentSettings } from '../environments.ts'
import { importedObjectsOf } from './acknowledgements.ts'
import type { BackupBackend } from './backends.ts'
import type { NesteggFunction } from './nestegg-function.ts'

export interface BackupBucketProps {
  readonly settings: EnvironmentSettings
  readonly database: DatabaseStack
}

/** Backups, and the key of each of them. */
const backupPrefixes = ['backups/', 'keys/']
/** What retention has archived. */
const archivePrefixes = ['archives/']

/** So long a removed or replaced object can be brought back, by an administrator of the account. */
const removedKeptFor = Duration.days(30)

/**
 * The bucket of logical backups and archives, encrypted with a key of its own. It has versions: a function that removes an object hides it, and
 * none may delete a version. The bucket uses no S3 Bucket Key, so that CloudTrail has each use of the KMS key with the name of the object.
 */
export class BackupBucket extends Construct implements BackupBackend {
  readonly variables: BackendVariables<'backup-store'>
  /** Lets functions inside the VPC reach S3, in addition to the security group of the database. */
  readonly access: SecurityGroup
  private readonly bucket: Bucket
  private readonly key: Key

  constructor(scope: Construct, id: string, { database, settings }: BackupBucketProps) {
    super(scope, id)
    const { removalPolicy } = settings
    this.key = new Key(this, 'Key', { description: 'Logical backups, their keys, and archives', enableKeyRotation: true, removalPolicy })
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      versioned: true,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          noncurrentVersionExpiration: removedKeptFor,
          expiredObjectDeleteMarker: true,
        },
      ],
      removalPolicy,
    })
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Each read and each write of an object uses the key, and so is in CloudTrail with the name of the object and its caller.',
    })
    this.variables = { BACKUP_BUCKET: this.bucket.bucketName }
    this.access = new SecurityGroup(this, 'Access', {
      vpc: database.placement.vpc,
      description: 'Functions that reach backups from inside the VPC',
      allowAllOutbound: false,
    })
    // The addresses of S3 differ by Region. From these subnets the gateway endpoint to S3 is the only route out of the VPC.
    this.access.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'S3, by the gateway endpoint')
  }

  /** The values that other stacks use. */
  get exported(): readonly string[] {
    return [this.bucket.bucketName, this.bucket.bucketArn, this.key.keyArn, this.access.securityGroupId]
  }

  /** Lets the grantee add, list and read backups and their keys. */
  grantBackups(grantee: NesteggFunction): Grant {
    return this.grantUse(grantee, backupPrefixes)
  }

  /** Lets the grantee remove backups and their keys. */
  grantRemoval(grantee: NesteggFunction): Grant {
    this.acknowledgePrefixes(grantee, backupPrefixes)
    return Grant.addToPrincipal({ grantee, actions: ['s3:DeleteObject'], resourceArns: this.objects(backupPrefixes) })
  }

  /** Lets the grantee add, list and read archives. */
  grantArchives(grantee: NesteggFunction): Grant {
    return this.grantUse(grantee, archivePrefixes)
  }

  /**
   * S3 uses the key with the rights of its caller, of which a part of a large object needs both.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
   */
  private grantUse(grantee: NesteggFunction, prefixes: readonly string[]): Grant {
    this.acknowledgePrefixes(grantee, prefixes)
    const list = { grantee, actions: ['s3:ListBucket'], resourceArns: [this.bucket.bucketArn] }
    const objects = {
      grantee,
      actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
      resourceArns: this.objects(prefixes),
    }
    const key = {
      grantee,
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resourceArns: [this.key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } },
    }
    return Grant.addToPrincipal(list).combine(Grant.addToPrincipal(objects)).combine(Grant.addToPrincipal(key))
  }

  private objects(prefixes: readonly string[]): string[] {
    return prefixes.map(prefix => this.bucket.arnForObjects(`${prefix}*`))
  }

  private acknowledgePrefixes(grantee: NesteggFunction, prefixes: readonly string[]): void {
    Validations.of(grantee).acknowledge(
      ...prefixes.map(prefix => ({
        id: importedObjectsOf(this.bucket, prefix),
        reason: 'The names of future backups and archives are not known. The prefix holds no other objects.',
      })),
    )
  }
}
