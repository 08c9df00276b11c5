// SPDX-License-Identifier: Apache-2.0
export default function SamplingPage(_: { readonly rest: string }) {
  return null;
}
