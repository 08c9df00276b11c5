// SPDX-License-Identifier: Apache-2.0
/** What the X-Ray SDK decides by the rules that it fetches from the daemon's TCP port, and a segment by UDP. */
'use strict';
const xray = require('aws-xray-sdk-core');
const connector = require('aws-xray-sdk-core/dist/lib/middleware/sampling/service_connector');
const cache = require('aws-xray-sdk-core/dist/lib/middleware/sampling/rule_cache');

const { sampler } = xray.middleware;
const request = (urlPath) => ({ serviceName: 'shop', httpMethod: 'GET', urlPath, host: 'shop.example' });
const decided = (urlPath) => Array.from({ length: 200 }, () => sampler.shouldSample(request(urlPath)))
  .filter((rule) => rule !== false).length;

connector.fetchSamplingRules((problem, rules) => {
  if (problem) throw problem;
  cache.loadRules(rules);
  cache.timestamp(Math.floor(Date.now() / 1000));
  sampler.started = true; // its pollers would only ask again later
  const never = decided('/health');
  const always = decided('/orders/1');
  connector.fetchTargets(cache.getRules(), (failure, targets) => {
    if (failure) throw failure;
    const segment = new xray.Segment('shop');
    segment.addNewSubsegment('work').close();
    segment.close();
    const quotas = Object.fromEntries(Object.entries(targets).map(([name, target]) => [name, target.quota]));
    console.log(JSON.stringify({ rules: rules.map((rule) => rule.getName()), never, always, quotas, trace: segment.trace_id }));
  });
});
