"""Where stories come from: folders, manifests, feeds, archives of a crawl, other file systems."""
