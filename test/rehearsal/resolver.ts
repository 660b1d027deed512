import * as z from 'zod'
import { type Values, valuesOf } from './attributes.ts'

const json = z.record(z.string(), z.unknown())
const templateSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.unknown() })).default({}),
  Conditions: json.default({}),
  Mappings: z.record(z.string(), z.record(z.string(), json)).default({}),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Condition: z.string().optional(),
      Properties: json.default({}),
      DependsOn: z.union([z.string().transform(name => [name]), z.array(z.string())]).default([]),
      DeletionPolicy: z.string().optional(),
    }),
  ),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() })).default({}),
})
export type StackTemplate = z.infer<typeof templateSchema>

/** A template, and where it is deployed to. */
export interface DeployedStack {
  readonly name: string
  readonly account: string
  readonly region: string
  readonly template: StackTemplate
}

export const parseTemplate = (template: unknown): StackTemplate => templateSchema.parse(template)

const noValue = Symbol('AWS::NoValue')
const pair = z.tuple([z.string(), z.string()])
const output = z.object({ StackName: z.unknown(), OutputName: z.unknown() })

/**
 * Resolves the intrinsic functions of CloudFormation in the templates of an environment, also across its stacks. An unknown name is an
 * error that says where it is.
 */
export class Resolver {
  readonly #stacks: ReadonlyMap<string, DeployedStack>
  readonly #values = new Map<string, Values>()
  readonly #underWay = new Set<string>()
  #exports: ReadonlyMap<string, { readonly stack: DeployedStack; readonly value: unknown }> | undefined

  constructor(stacks: readonly DeployedStack[]) {
    this.#stacks = new Map(stacks.map(stack => [stack.name, stack]))
  }

  /** The value with all intrinsic functions replaced. */
  resolve(stack: DeployedStack, value: unknown): unknown {
    if (Array.isArray(value)) return value.map(item => this.resolve(stack, item)).filter(item => item !== noValue)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
    const [only] = entries
    if (only !== undefined && entries.length === 1 && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
      return this.#intrinsic(stack, only[0], only[1])
    }
    return Object.fromEntries(
      entries.map(([name, inner]) => [name, this.resolve(stack, inner)] as const).filter(([, inner]) => inner !== noValue),
    )
  }

  /** The name, ARN and attributes of a resource. */
  values(stack: DeployedStack, id: string): Values {
    const resource = stack.template.Resources[id]
    const place = `${stack.name}/${id}`
    if (resource === undefined) throw new Error(`${place} is not in the template.`)
    const known = this.#values.get(place)
    if (known !== undefined) return known
    if (this.#underWay.has(place)) throw new Error(`${place} needs its own values.`)
    this.#underWay.add(place)
    const values = valuesOf(resource.Type, {
      account: stack.account,
      region: stack.region,
      stack: stack.name,
      id,
      property: name => z.coerce.string().optional().parse(this.resolve(stack, resource.Properties[name])),
    })
    this.#underWay.delete(place)
    this.#values.set(place, values)
    return values
  }

  /** The value of `Fn::GetAtt`. */
  attribute(stack: DeployedStack, id: string, attribute: string): string {
    const value = this.values(stack, id).attributes?.[attribute]
    if (value === undefined) {
      const type = stack.template.Resources[id]?.Type
      throw new Error(`${stack.name}/${id}: say in test/rehearsal/attributes.ts what the attribute ${attribute} of ${type} is.`)
    }
    return value
  }

  /** Whether a condition of the template holds; true without a condition. */
  holds(stack: DeployedStack, condition: unknown): boolean {
    if (condition === undefined) return true
    if (typeof condition === 'string') {
      const declared = stack.template.Conditions[condition]
      if (declared === undefined) throw new Error(`${stack.name} has no condition ${condition}.`)
      return this.holds(stack, declared)
    }
    const [name, operand] = Object.entries(json.parse(condition))[0] ?? []
    const operands = Array.isArray(operand) ? operand : [operand]
    switch (name) {
      case 'Condition':
        return this.holds(stack, operand)
      case 'Fn::Equals':
        return String(this.resolve(stack, operands[0])) === String(this.resolve(stack, operands[1]))
      case 'Fn::Not':
        return !this.holds(stack, operands[0])
      case 'Fn::And':
        return operands.every(each => this.holds(stack, each))
      case 'Fn::Or':
        return operands.some(each => this.holds(stack, each))
      default:
        throw new Error(`${stack.name} has a condition with ${name}, which the rehearsal does not know.`)
    }
  }

  #intrinsic(stack: DeployedStack, name: string, argument: unknown): unknown {
    const resolved = () => this.resolve(stack, argument)
    const parts = () => z.array(z.unknown()).parse(argument)
    switch (name) {
      case 'Ref':
        return this.#ref(stack, z.string().parse(argument))
      case 'Fn::GetAtt': {
        const [id, attribute] = typeof argument === 'string' ? splitAttribute(argument) : pair.parse(resolved())
        return this.attribute(stack, id, attribute)
      }
      case 'Fn::Join': {
        const [separator, list] = z.tuple([z.string(), z.array(z.union([z.string(), z.number()]))]).parse(resolved())
        return list.join(separator)
      }
      case 'Fn::Sub':
        return this.#substitute(stack, argument)
      case 'Fn::Select': {
        const [index, list] = z.tuple([z.coerce.number(), z.array(z.unknown())]).parse(resolved())
        if (index >= list.length) throw new Error(`${stack.name}: Fn::Select asks for item ${index} of ${list.length}.`)
        return list[index]
      }
      case 'Fn::Split': {
        const [separator, text] = pair.parse(resolved())
        return text.split(separator)
      }
      case 'Fn::If': {
        const [condition, yes, no] = parts()
        return this.resolve(stack, this.holds(stack, condition) ? yes : no)
      }
      case 'Fn::FindInMap': {
        const [map = '', first = '', second = ''] = z.array(z.string()).parse(resolved())
        return stack.template.Mappings[map]?.[first]?.[second]
      }
      case 'Fn::GetAZs':
        return ['a', 'b', 'c'].map(zone => `${stack.region}${zone}`)
      case 'Fn::Base64':
        return Buffer.from(String(resolved())).toString('base64')
      case 'Fn::ToJsonString':
        return JSON.stringify(resolved())
      case 'Fn::ImportValue':
        return this.#import(stack, String(resolved()))
      case 'Fn::GetStackOutput': {
        const { StackName, OutputName } = output.parse(resolved())
        return this.#output(String(StackName), String(OutputName))
      }
      default:
        throw new Error(`${stack.name} uses ${name}, which the rehearsal does not know.`)
    }
  }

  #ref(stack: DeployedStack, name: string): unknown {
    const pseudo: Record<string, unknown> = {
      'AWS::AccountId': stack.account,
      'AWS::Region': stack.region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack.name,
      'AWS::StackId': `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/00000000-0000-4000-8000-000000000000`,
      'AWS::NotificationARNs': [],
      'AWS::NoValue': noValue,
    }
    if (name in pseudo) return pseudo[name]
    const parameter = stack.template.Parameters[name]
    return parameter === undefined ? this.values(stack, name).ref : parameter.Default
  }

  #substitute(stack: DeployedStack, argument: unknown): string {
    const [text, variables] = z
      .union([z.string().transform((only): [string, Record<string, unknown>] => [only, {}]), z.tuple([z.string(), json])])
      .parse(argument)
    return text.replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`
      if (name in variables) return String(this.resolve(stack, variables[name]))
      return String(name.includes('.') ? this.attribute(stack, ...splitAttribute(name)) : this.#ref(stack, name))
    })
  }

  #output(stackName: string, outputName: string): unknown {
    const stack = this.#stacks.get(stackName)
    const found = stack?.template.Outputs[outputName]
    if (stack === undefined || found === undefined) throw new Error(`The stack ${stackName} has no output ${outputName}.`)
    return this.resolve(stack, found.Value)
  }

  #import(importer: DeployedStack, name: string): unknown {
    this.#exports ??= new Map(
      [...this.#stacks.values()].flatMap(stack =>
        Object.values(stack.template.Outputs).flatMap(({ Export, Value }) =>
          Export === undefined ? [] : [[String(this.resolve(stack, Export.Name)), { stack, value: Value }] as const],
        ),
      ),
    )
    const found = this.#exports.get(name)
    if (found === undefined) throw new Error(`${importer.name} imports ${name}, which no stack exports.`)
    return this.resolve(found.stack, found.value)
  }
}

/** `Resource.Some.Attribute`: the resource, and the rest. */
const splitAttribute = (text: string): [string, string] => {
  const dot = text.indexOf('.')
  return [text.slice(0, dot), text.slice(dot + 1)]
}
