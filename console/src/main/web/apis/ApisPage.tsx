// SPDX-License-Identifier: Apache-2.0
export default function ApisPage(_: { readonly rest: string }) {
  return null;
}
