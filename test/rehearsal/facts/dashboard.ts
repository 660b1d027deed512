import { describe, expect, it } from 'vitest'
import { isEmitted, readDashboard } from '../dashboard.ts'
import type { Deployed } from '../deployed.ts'

export const dashboardFacts = (deployed: () => Deployed): void => {
  describe('the dashboard', () => {
    const dashboard = () => readDashboard(deployed().resources('AWS::CloudWatch::Dashboard')[0]!.properties)

    it('is one, and its address is an output', () => {
      expect(deployed().resources('AWS::CloudWatch::Dashboard')).toHaveLength(1)
      const [{ name } = { name: '' }] = deployed().resources('AWS::CloudWatch::Dashboard')
      const outputs = deployed().stacks.flatMap(({ template }) => Object.entries(template.Outputs))
      expect(outputs.find(([id]) => id === 'DashboardUrl')?.[1].Value).toMatch(new RegExp(`#dashboards/dashboard/${name}$`))
    })

    it('shows metrics that something emits, and nothing else', () => {
      const shown = dashboard().metrics.flat()
      expect(shown.length).toBeGreaterThan(20)
      expect(shown.filter(metric => !isEmitted(deployed(), metric))).toEqual([])
    })

    it('would show it if a metric had another name, or belonged to something that is not there', () => {
      const latency = dashboard()
        .metrics.flat()
        .find(({ name }) => name === 'Latency')
      expect(isEmitted(deployed(), latency!)).toBe(true)
      expect(isEmitted(deployed(), { ...latency!, name: 'Latencies' })).toBe(false)
      expect(isEmitted(deployed(), { ...latency!, dimensions: { ApiId: 'other' } })).toBe(false)
      expect(isEmitted(deployed(), { ...latency!, dimensions: {} })).toBe(false)
    })

    it('finds the functions of all jobs by its searches', () => {
      const searches = dashboard().expressions.filter(expression => expression.startsWith('SEARCH'))
      expect(searches).toHaveLength(2)
      const jobs = deployed()
        .resources('AWS::Scheduler::Schedule')
        .map(({ properties }) => (properties['Target'] as { readonly Arn: string }).Arn)
      for (const search of searches) {
        const [, metric, stack] =
          /^SEARCH\('\{AWS\/Lambda,FunctionName\} MetricName="(\w+)" FunctionName="([\w-]+)"', 'Sum', 300\)$/.exec(search) ?? []
        expect(['Invocations', 'Errors']).toContain(metric)
        // CloudWatch compares words. The name of a function begins with that of its stack.
        expect(jobs.filter(arn => !arn.includes(`:function:${stack}-`))).toEqual([])
      }
    })

    it('shows each alarm of its Region once', () => {
      const alarms = deployed()
        .resources('AWS::CloudWatch::Alarm')
        .flatMap(({ arn }) => (arn!.split(':')[3] === deployed().region ? [arn!] : []))
      expect(dashboard().alarms.flat().toSorted()).toEqual(alarms.toSorted())
    })

    it('shows every metric that an alarm on the database, the API or the account reads', () => {
      const shown = new Set(
        dashboard()
          .metrics.flat()
          .map(({ name, namespace }) => `${namespace} ${name}`),
      )
      const watched = deployed()
        .resources('AWS::CloudWatch::Alarm')
        .filter(({ properties, stack }) => stack === 'nestegg-prod-operations' && properties['MetricName'] !== undefined)
        .filter(({ properties }) => ['AWS/RDS', 'AWS/ApiGateway'].includes(String(properties['Namespace'])))
        .map(({ properties }) => `${String(properties['Namespace'])} ${String(properties['MetricName'])}`)
      expect(watched.length).toBeGreaterThan(4)
      expect(watched.filter(metric => !shown.has(metric))).toEqual([])
    })
  })
}
