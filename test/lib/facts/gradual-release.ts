import { describe, expect, it } from 'vitest'
import { at, type Resource, type Synthesized } from '../synthesized.ts'

const alarmsOf = (group: Resource): readonly unknown[] =>
  (at(group.properties, 'AlarmConfiguration', 'Alarms') as readonly unknown[]).map(alarm => at(alarm, 'Name'))

export const gradualReleaseFacts = (synthesized: () => Synthesized): void => {
  describe('a gradual release', () => {
    const stacks = () => [...synthesized().templates.keys()].filter(name => name.startsWith('routes-'))

    it('moves the requests of every route, and of nothing else', () => {
      const aliases = synthesized().resources('AWS::Lambda::Alias')
      expect(aliases).toHaveLength(synthesized().resources('AWS::ApiGatewayV2::Route').length)
      const called = new Set(
        synthesized()
          .resources('AWS::ApiGatewayV2::Integration')
          .map(({ properties, stack }) => `${stack}/${String(at(properties, 'IntegrationUri', 'Ref'))}`),
      )
      expect(new Set(aliases.map(({ id, stack }) => `${stack}/${id}`))).toEqual(called)
    })

    it('lasts longer than the alarms that take it back look at', () => {
      const groups = synthesized().resources('AWS::CodeDeploy::DeploymentGroup')
      expect(groups).toHaveLength(synthesized().resources('AWS::Lambda::Alias').length)
      for (const { properties } of groups) {
        expect(properties['DeploymentConfigName']).toBe('CodeDeployDefault.LambdaCanary10Percent10Minutes')
        expect(properties['AutoRollbackConfiguration']).toEqual({
          Enabled: true,
          Events: expect.arrayContaining(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']),
        })
      }
      const periods = synthesized()
        .resources('AWS::CloudWatch::Alarm')
        .filter(({ id, stack }) => id.startsWith('ApiServerErrors') || (stack.startsWith('routes-') && id.startsWith('FunctionErrors')))
        .flatMap(({ properties }) => JSON.stringify(properties).match(/(?<="Period":)\d+/g) ?? [])
      expect(Math.max(...periods.map(Number))).toBeLessThan(600)
    })

    it('is taken back by server errors of the API, and by crashes of any function that is released with it', () => {
      for (const stack of stacks()) {
        const own = synthesized()
          .resources('AWS::CloudWatch::Alarm', stack)
          .map(({ id }) => ({ Ref: id }))
        const groups = synthesized().resources('AWS::CodeDeploy::DeploymentGroup', stack)
        for (const group of groups) {
          const [api, ...others] = alarmsOf(group)
          expect(at(api, 'Fn::ImportValue')).toContain('ApiServerErrors')
          expect(others).toEqual(own)
        }
      }
    })
  })
}

/** For an environment without the setting. */
export const allAtOnceFacts = (synthesized: () => Synthesized): void => {
  it('without the setting, a release moves all requests at once and keeps no versions', () => {
    for (const type of ['AWS::Lambda::Alias', 'AWS::Lambda::Version', 'AWS::CodeDeploy::DeploymentGroup', 'AWS::CodeDeploy::Application'])
      expect(synthesized().resources(type)).toEqual([])
  })
}
