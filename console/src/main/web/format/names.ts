// SPDX-License-Identifier: Apache-2.0

/** The last part of an ARN, URL or path; the text itself if it is none of them. */
export function shortName(text: string): string {
  const tail = text.startsWith('arn:') ? text.slice(text.lastIndexOf(':') + 1) : text;
  return tail.slice(tail.lastIndexOf('/') + 1);
}

/** Method and path of a request without scheme, host and query: what a reader tells requests apart by. */
export function requestLine(method: string | undefined, url: string | undefined): string {
  return [method, url === undefined ? undefined : pathOf(url)].filter(Boolean).join(' ');
}

export function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return url;
  }
}

/** One word for a segment's origin or a node's type: `stage`, `lambda`, `table`. */
export function kindOf(type: string | undefined): string {
  if (!type) {
    return '';
  }
  return KINDS.get(type) ?? type.slice(type.lastIndexOf(':') + 1).toLowerCase();
}

const KINDS = new Map([
  ['AWS::ApiGateway::Stage', 'stage'],
  ['AWS::Lambda', 'lambda'],
  ['AWS::Lambda::Function', 'lambda'],
  ['AWS::Events', 'bus'],
  ['AWS::SQS', 'queue'],
  ['AWS::SQS::Queue', 'queue'],
  ['AWS::SNS', 'topic'],
  ['AWS::SNS::Topic', 'topic'],
  ['AWS::DynamoDB', 'table'],
  ['AWS::DynamoDB::Table', 'table'],
  ['AWS::S3', 'bucket'],
  ['AWS::S3::Bucket', 'bucket'],
  ['Database::SQL', 'sql'],
  ['AWS::EC2::Instance', 'ec2'],
  ['AWS::ECS::Container', 'ecs'],
  ['AWS::EKS::Container', 'eks'],
]);
