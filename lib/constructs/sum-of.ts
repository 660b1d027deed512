import type { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch'

/**
 * The sum of metrics over a period. Each gets the id with a number: a graph with several sums may use an id once, and `METRICS()` would add
 * up all metrics of the graph.
 */
export const sumOf = (
  id: string,
  metrics: readonly IMetric[],
  { label, period }: { readonly label: string; readonly period: Duration },
): MathExpression => {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`${id}${index}`, metric]))
  return new MathExpression({ expression: `SUM([${Object.keys(usingMetrics).join(', ')}])`, usingMetrics, label, period })
}
