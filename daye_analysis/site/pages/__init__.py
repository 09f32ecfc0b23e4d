"""What each kind of page says, as plain values; how a page looks is the templates' business."""
