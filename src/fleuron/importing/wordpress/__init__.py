"""Read exports of WordPress (WXR): published posts become articles."""
