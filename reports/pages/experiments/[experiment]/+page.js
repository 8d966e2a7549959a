// A shop without any of them has no such page, which is no mistake.
export const prerender = "auto";
