import { Stack } from 'aws-cdk-lib'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EnvironmentName, RestoredCluster } from '../../../lib/deployment.ts'
import { environmentSettings, forFirstDeployment } from '../../../lib/environments.ts'
import { at, environment, only, type Synthesized, synthesize } from '../synthesized.ts'

export const placeFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('stacks', () => {
    const settings = environmentSettings(name)
    const stacks = () => synthesized().app.node.children.filter(child => child instanceof Stack)

    it('are bound to the account and Region of the environment, except the front, and tagged with its owner', () => {
      const regionOf = ({ stackName }: Stack) => (stackName.endsWith('-front') ? 'us-east-1' : settings.region)
      expect(stacks().map(({ account, region }) => [account, region])).toEqual(stacks().map(each => [settings.account, regionOf(each)]))
      const tags = [
        { Key: 'nestegg:cost-center', Value: settings.costCenter },
        { Key: 'nestegg:environment', Value: name },
        { Key: 'nestegg:owner', Value: settings.owner },
      ]
      expect(only(synthesized().resources('AWS::RDS::DBCluster')).properties).toMatchObject({ Tags: tags })
    })

    it('are protected from deletion, if the environment says so', () => {
      expect(stacks().map(({ terminationProtection }) => terminationProtection)).toEqual(stacks().map(() => name !== 'dev'))
    })

    it('use the zones of the environment by id', () => {
      const subnets = synthesized().resources('AWS::EC2::Subnet')
      expect(subnets.map(({ properties }) => properties['AvailabilityZoneId'])).toEqual(settings.zoneIds)
      expect(subnets.filter(({ properties }) => 'AvailabilityZone' in properties)).toEqual([])
    })

    it('import what other stacks export, so that CloudFormation refuses to replace it under them', () => {
      const { templates } = synthesized()
      expect(JSON.stringify([...templates.values()])).not.toContain('Fn::GetStackOutput')
    })
  })
}

/** The names of all exports, by stack. */
const exportsOf = ({ templates }: Synthesized): Record<string, readonly string[]> =>
  Object.fromEntries(
    [...templates].map(([stack, { Outputs }]) => [
      stack,
      Object.entries(Outputs)
        .filter(([, output]) => output.Export !== undefined)
        .map(([id]) => id),
    ]),
  )

/** A cluster that was restored by hand in prod. */
export const restoredCluster: RestoredCluster = {
  identifier: 'nestegg-restored',
  resourceId: 'cluster-RESTORED',
  writerEndpoint: 'nestegg-restored.cluster-example.us-east-2.rds.amazonaws.com',
  masterSecretArn: 'arn:aws:secretsmanager:us-east-2:333333333333:secret:rds!cluster-restored-AbCdEf',
  ownCluster: 'kept',
}

export const changeFacts = (): void => {
  describe('exports', () => {
    it('of the network, the database and the user pool are there before anybody uses them', () => {
      const { network, database, identity, simulation } = exportsOf(synthesize('prod', { routes: [], jobs: [] }))
      const used = exportsOf(environment('prod'))
      expect({ network, database, identity, simulation }).toEqual({
        network: used['network'],
        database: used['database'],
        identity: used['identity'],
        simulation: used['simulation'],
      })
    })
  })

  describe('pages of other origins', () => {
    it('may send and read every header that the API uses', () => {
      const settings = environmentSettings('prod')
      const api = { ...settings.api, allowedOrigins: ['https://app.nestegg.example'] }
      const { properties } = only(
        synthesize('prod', { settings: { ...settings, api }, routes: [], jobs: [] }).resources('AWS::ApiGatewayV2::Api'),
      )
      expect(properties['CorsConfiguration']).toMatchObject({
        AllowOrigins: ['https://app.nestegg.example'],
        AllowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match'],
        ExposeHeaders: ['etag', 'idempotent-replay', 'link', 'location', 'retry-after', 'www-authenticate', 'x-request-id'],
      })
    })
  })

  describe('codes for sign-up and reset', () => {
    it('are sent by SES except in dev, from the address of the environment', () => {
      const mailers = (['dev', 'staging', 'prod'] as const).map(
        name => only(environment(name).resources('AWS::Cognito::UserPool')).properties['EmailConfiguration'],
      )
      const ses = {
        EmailSendingAccount: 'DEVELOPER',
        From: 'Nestegg <no-reply@nestegg.example>',
        SourceArn: expect.stringMatching(/^arn:aws:ses:us-east-2:\d{12}:identity\/nestegg\.example$/),
      }
      expect(mailers).toEqual([{ EmailSendingAccount: 'COGNITO_DEFAULT' }, ses, ses])
    })
  })

  describe('a first deployment', () => {
    it('can be rolled back: nothing that it makes is protected from deletion', () => {
      const { app, resources } = synthesize('prod', { settings: forFirstDeployment(environmentSettings('prod')), routes: [], jobs: [] })
      const stacks = app.node.children.filter(child => child instanceof Stack)
      expect(stacks.filter(({ terminationProtection }) => terminationProtection)).toEqual([])
      expect(only(resources('AWS::RDS::DBCluster'))).toMatchObject({
        properties: { DeletionProtection: false },
        deletionPolicy: 'RetainExceptOnCreate',
      })
      expect(only(resources('AWS::Cognito::UserPool')).properties).toMatchObject({ DeletionProtection: 'INACTIVE' })
    })
  })

  describe('a restored cluster', () => {
    const settings = environmentSettings('prod')
    let kept: Synthesized
    let removed: Synthesized
    beforeAll(() => {
      kept = synthesize('prod', { settings: { ...settings, restoredCluster } })
      removed = synthesize('prod', { settings: { ...settings, restoredCluster: { ...restoredCluster, ownCluster: 'removed' } } })
    })
    const textOf = (synthesized: Synthesized, stacks = /./) =>
      JSON.stringify([...synthesized.templates].filter(([name]) => stacks.test(name)).map(([, { Resources }]) => Resources))

    it('is what every function connects to, with the right to do so', () => {
      const hosts = new Set(
        kept
          .resources('AWS::Lambda::Function')
          .flatMap(({ properties }) => at(properties, 'Environment', 'Variables', 'DATABASE_HOST') ?? []),
      )
      expect([...hosts]).toEqual([restoredCluster.writerEndpoint])
      expect(textOf(kept)).toContain(`dbuser:${restoredCluster.resourceId}/nestegg_read`)
      // Only the stack of the database still names its own cluster.
      expect(textOf(kept, /^(?!database$)/)).not.toMatch(/AuroraCluster/)
      expect(textOf(kept, /^(?!database$)/)).toContain('cluster:nestegg-restored')
    })

    it('is migrated again, as the administrator whose password RDS made for it', () => {
      expect(only(kept.resources('Custom::DatabaseMigrations')).properties).toMatchObject({ cluster: restoredCluster.identifier })
      const variables = kept
        .resources('AWS::Lambda::Function', 'database')
        .flatMap(({ properties }) => at(properties, 'Environment', 'Variables', 'DATA_API_SECRET_ARN') ?? [])
      expect(new Set(variables)).toEqual(new Set([restoredCluster.masterSecretArn]))
    })

    it('leaves all exports in place until the own cluster is given up, which then stays in the account', () => {
      expect(exportsOf(kept)).toEqual(exportsOf(environment('prod')))
      expect(only(kept.resources('AWS::RDS::DBCluster')).deletionPolicy).toBe('RetainExceptOnCreate')
      expect(removed.resources('AWS::RDS::DBCluster')).toEqual([])
    })

    it('keeps its subnets and parameters when the own cluster is given up', () => {
      for (const type of ['AWS::RDS::DBSubnetGroup', 'AWS::RDS::DBClusterParameterGroup']) {
        expect(removed.resources(type)).toEqual(environment('prod').resources(type))
      }
    })
  })
}
